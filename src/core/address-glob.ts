const ROOTED = /^(orgs|repos|enterprises)\/|^[^/]*[*?]/i

/** Whether a glob can match any address at all: each begins with its scope. `secrets/DEPLOY_*` would protect nothing. */
export function canMatchAddress(glob: string): boolean {
  return ROOTED.test(glob)
}
