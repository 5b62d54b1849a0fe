import type { Call } from '../../http/call.ts'
import { type HostedLevel, type HostedRunner, IMAGES, SIZES } from './state.ts'

/** A hosted runner, as `actions-hosted-runner`; one whose group was deleted is in the default one. */
export function present(runner: HostedRunner, level: HostedLevel, call: Call): object {
  const { id, name, image, size, status } = runner
  const known = IMAGES.find((each) => each.id === image.id && each.source === image.source)
  const custom = level.fleetOf(call).images.get(Number(image.id))
  const groups = level.groupsOf(call)
  const group = groups.get(runner.groupId) ?? [...groups.values()].find((each) => each.default)
  return {
    id,
    name,
    ...(group ? { runner_group_id: group.id } : {}),
    image_details: {
      id: image.id,
      size_gb: known?.size_gb ?? 30,
      display_name: known?.display_name ?? custom?.name ?? image.id,
      source: image.source,
      ...(image.version === undefined ? {} : { version: image.version }),
    },
    machine_size_details: SIZES.find((each) => each.id === size) ?? {
      id: size,
      cpu_cores: 4,
      memory_gb: 16,
      storage_gb: 150,
    },
    status,
    platform: known?.platform ?? custom?.platform ?? 'linux-x64',
    maximum_runners: runner.maximumRunners,
    public_ip_enabled: runner.staticIp,
    ...(runner.staticIp ? { public_ips: [{ enabled: true, prefix: `20.80.208.${id % 250}`, length: 31 }] } : {}),
    last_active_on: null,
    image_gen: runner.imageGen,
  }
}
