import { byName, type Part } from '../../world/part.ts'
import { idsFrom } from '../../world/seed-ids.ts'
import {
  type Entry,
  flagAt,
  idAt,
  inner,
  join,
  named,
  SeedError,
  textAt,
  textsAt,
  wordAt,
} from '../../world/seed-reader.ts'
import type { Holder } from '../../world/slot.ts'
import { type HostedRunner, type hostedOf, IMAGES, SIZES, SOURCES } from './state.ts'

const RUNNER_KEYS = [
  'id',
  'image',
  'size',
  'runner_group',
  'maximum_runners',
  'enable_static_ip',
  'image_gen',
  'status',
]
const IMAGE_KEYS = ['id', 'platform', 'versions']
const STATUSES = ['Ready', 'Provisioning', 'Shutdown', 'Deleting', 'Stuck'] as const

type Groups = ReadonlyMap<number, { readonly id: number; readonly name: string; readonly default: boolean }>

/** The keys of an owner for its hosted runners, for images of its own and for the number of static addresses. */
export function partOf<Of extends Holder>(
  fleetOf: (holder: Of) => ReturnType<typeof hostedOf.organization>,
  groupsOf: (holder: Of) => Groups,
  mostRunners: number,
): Part<Of> {
  return {
    keys: ['hosted_images', 'hosted_static_ips', 'hosted_runners'],
    seed(holder, given) {
      const fleet = fleetOf(holder)
      fleet.mostStaticIps = idAt(given, 'hosted_static_ips') ?? fleet.mostStaticIps
      const images = named(given, 'hosted_images', IMAGE_KEYS)
      const imageIds = idsFrom(1, images.values())
      for (const [name, one] of images) {
        const id = imageIds(idAt(one, 'id'))
        const platform = textAt(one, 'platform') ?? 'linux-x64'
        fleet.images.set(id, { id, name, platform, versions: textsAt(one, 'versions') ?? ['1.0.0'] })
      }
      const entries = named(given, 'hosted_runners', RUNNER_KEYS)
      const ids = idsFrom(1, entries.values())
      for (const [name, one] of entries) {
        const runner = runnerOf(one, { id: ids(idAt(one, 'id')), name, groups: groupsOf(holder), mostRunners })
        fleet.runners.set(runner.id, runner)
      }
    },
    dump(holder) {
      const { runners, images, mostStaticIps } = fleetOf(holder)
      const groups = groupsOf(holder)
      return {
        ...(images.size > 0
          ? { hosted_images: byName(images.values(), ({ id, platform, versions }) => ({ id, platform, versions })) }
          : {}),
        ...(mostStaticIps === 50 ? {} : { hosted_static_ips: mostStaticIps }),
        ...(runners.size > 0 ? { hosted_runners: byName(runners.values(), (runner) => dumped(runner, groups)) } : {}),
      }
    },
  }
}

function dumped({ id, image, size, groupId, status, ...runner }: HostedRunner, groups: Groups): object {
  return {
    id,
    image: { id: image.id, source: image.source, ...(image.version === undefined ? {} : { version: image.version }) },
    size,
    runner_group: groupAt(groups, groupId).name,
    maximum_runners: runner.maximumRunners,
    enable_static_ip: runner.staticIp,
    image_gen: runner.imageGen,
    ...(status === 'Ready' ? {} : { status }),
  }
}

function groupAt(groups: Groups, id: number | undefined): { readonly id: number; readonly name: string } {
  const all = [...groups.values()]
  const group = all.find((each) => each.id === id) ?? all.find((each) => each.default)
  if (!group) throw new Error('There is no default runner group.')
  return group
}

/** @throws SeedError */
function runnerOf(
  given: Entry,
  { id, name, groups, mostRunners }: { id: number; name: string; groups: Groups; mostRunners: number },
): HostedRunner {
  const image = inner(given, 'image', ['id', 'source', 'version'])
  const groupName = textAt(given, 'runner_group')
  const group = [...groups.values()].find((each) => each.name === groupName)
  if (groupName !== undefined && !group) {
    throw new SeedError(join(given.path, 'runner_group'), `names "${groupName}", which is not under runner_groups.`)
  }
  return {
    id,
    name,
    image: {
      id: textAt(image, 'id') ?? IMAGES[0].id,
      source: wordAt(image, 'source', SOURCES) ?? 'github',
      version: textAt(image, 'version'),
    },
    size: textAt(given, 'size') ?? SIZES[0]?.id ?? '',
    groupId: groupAt(groups, group?.id).id,
    maximumRunners: idAt(given, 'maximum_runners') ?? mostRunners,
    staticIp: flagAt(given, 'enable_static_ip') ?? false,
    imageGen: flagAt(given, 'image_gen') ?? false,
    status: wordAt(given, 'status', STATUSES) ?? 'Ready',
    shownLeft: 1,
  }
}
