import type { Holder } from './lock-document.ts'

/** Describes the holder of the lock: `octocat in https://github.com/acme/admin/actions/runs/4711 (attempt 2)`. */
export function holderText({ actor, host, run }: Holder): string {
  return run === undefined ? `${actor} on ${host}` : `${actor} in ${run.url} (attempt ${run.run_attempt})`
}
