import type { Aligned, Known, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import type { Live } from '../../core/live.ts'
import type { HostedRunner, HostedRunnerRef } from './document.ts'
import type { Offered } from './look-up.ts'

type LiveHosted = Live<HostedRunner, HostedRunnerRef> | undefined

/** `latest` is the last version of the image: GitHub may show its number. */
export function alignHosted(wanted: Wanted<HostedRunner>, live: LiveHosted, known: Known): Aligned<HostedRunner> {
  const { image } = live?.spec ?? {}
  const last = offeredOf(known)?.images.custom?.get(image?.id ?? '')
  const isLast = wanted.spec.image?.version === 'latest' && last !== undefined && image?.version === last
  return {
    wanted,
    live: live && isLast ? { ...live.spec, image: { ...image, version: 'latest' } } : live?.spec,
    findings: [],
  }
}

function offeredOf({ offered }: Known): Offered | undefined {
  return offered as Offered | undefined
}

/** Contradictions within the YAML, and with what the owner has. */
export function checkHosted(wanted: Wanted<HostedRunner>, live: LiveHosted, known: Known): readonly Finding[] {
  if (wanted.state !== 'present') return []
  if (live?.ref.deleting) return [stillThere(live.key)]
  return [...withinItself(wanted.spec), ...versionOfNone(wanted.spec, live), ...againstOffer(wanted.spec, live, known)]
}

function stillThere(key: string): Finding {
  return {
    severity: 'held back',
    message: `GitHub is deleting the hosted runner ${key}, and no other can have its name until then`,
    help: 'Apply again when it is gone.',
  }
}

function withinItself({ image }: HostedRunner): readonly Finding[] {
  if (image?.version === undefined || image.source === undefined || image.source === 'custom') return []
  const message = `only a custom image has versions to choose from; GitHub chooses that of an image from ${image.source}`
  return [{ severity: 'error', field: 'image.version', message }]
}

/** A version alone is one of the image that the runner has. */
function versionOfNone({ image }: HostedRunner, live: LiveHosted): readonly Finding[] {
  if (live === undefined || image?.version === undefined || image.source !== undefined) return []
  const source = live.spec.image?.source
  if (source === 'custom') return []
  const message = `only a custom image has versions to choose from, and GitHub shows ${source === undefined ? 'no image of' : `one from ${source} for`} ${live.key}`
  const help = 'Write id and source of a custom image beside version, or take version out.'
  return [{ severity: 'held back', field: 'image.version', message, help }]
}

function againstOffer(spec: HostedRunner, live: LiveHosted, known: Known): readonly Finding[] {
  const offered = offeredOf(known)
  if (offered === undefined) return []
  return [
    ...imageMissing(spec, live, offered),
    ...versionMissing(spec, live, offered),
    ...missing('size', 'machine size', spec.size, offered.sizes && [...offered.sizes]),
    ...groupMissing(spec.runner_group, offered, known),
    ...noAddressLeft(spec, live, offered),
  ]
}

/** An image is named by its id and its provider: where the YAML gives one of them, the other is GitHub's. */
function imageMissing(spec: HostedRunner, live: LiveHosted, { images }: Offered): readonly Finding[] {
  const id = spec.image?.id ?? live?.spec.image?.id
  const source = spec.image?.source ?? live?.spec.image?.source
  const there = source && images[source]
  if (id === undefined || there === undefined) return []
  return missing('image.id', `image from ${source}`, id, [...there.keys()])
}

/** A version of an image of the owner's own; the last one has a word. */
function versionMissing(spec: HostedRunner, live: LiveHosted, { versions }: Offered): readonly Finding[] {
  const id = spec.image?.id ?? live?.spec.image?.id
  const there = id === undefined ? undefined : versions?.get(id)
  if (spec.image?.version === 'latest') return []
  return missing('image.version', `version of the image ${id}`, spec.image?.version, there)
}

function missing(
  field: string,
  what: string,
  name: string | undefined,
  there: readonly string[] | undefined,
): readonly Finding[] {
  if (name === undefined || there === undefined || there.includes(name)) return []
  const rest = there.length > MOST_NAMED ? ` and ${there.length - MOST_NAMED} more` : ''
  const known =
    there.length === 0 ? 'it has none' : `it has ${[...there].sort().slice(0, MOST_NAMED).join(', ')}${rest}`
  return [
    {
      severity: 'held back',
      field,
      message: `GitHub offers no ${what} called ${name} here: ${known}`,
      help: 'Write one that is there.',
    },
  ]
}

/** The most names that a message lists. */
const MOST_NAMED = 12

/** A group that this run creates is there in time. */
function groupMissing(name: string | undefined, { groups }: Offered, known: Known): readonly Finding[] {
  if (name === undefined || groups === undefined) return []
  const asked = known.desired('runner_groups', 'here') ?? []
  const state = asked.find(({ key }) => key === name)?.state
  if (state === 'present' || (groups.has(name) && state !== 'absent')) return []
  const message =
    state === 'absent' ? `the runner group ${name} is to be deleted` : `there is no runner group ${name} here`
  return [
    { severity: 'held back', field: 'runner_group', message, help: 'Write a runner group that is there and stays.' },
  ]
}

function noAddressLeft(spec: HostedRunner, live: LiveHosted, { addresses }: Offered): readonly Finding[] {
  if (spec.enable_static_ip !== true || live?.spec.enable_static_ip === true || addresses === undefined) return []
  if (addresses.current_usage < addresses.maximum) return []
  return [
    {
      severity: 'held back',
      field: 'enable_static_ip',
      message: `all ${addresses.maximum} static addresses of the owner are in use`,
      help: 'Take the static address from another hosted runner, or ask GitHub for more.',
    },
  ]
}
