import { type Call, idParam, ok, type Route } from '../../http/call.ts'
import { notFound } from '../../http/errors.ts'
import { BEGINNING } from '../../world/defaults.ts'
import { type HostedLevel, IMAGES, SIZES } from './state.ts'

/** The images, machine sizes and limits of an owner, which is all that hosted runners are made of. They have no pages. */
export function lookUpRoutes({ template, read, customRead, fleetOf }: HostedLevel): readonly Route[] {
  const from = (source: string): Route['handle'] => {
    const images = IMAGES.filter((image) => image.source === source)
    return () => ok({ total_count: images.length, images })
  }
  return [
    { ...read, method: 'GET', template: `${template}/images/github-owned`, handle: from('github') },
    { ...read, method: 'GET', template: `${template}/images/partner`, handle: from('partner') },
    {
      ...customRead,
      method: 'GET',
      template: `${template}/images/custom`,
      handle: (call) => ok(customImages(call, fleetOf)),
    },
    {
      ...customRead,
      method: 'GET',
      template: `${template}/images/custom/{image_definition_id}/versions`,
      handle: (call) => {
        const image = fleetOf(call).images.get(idParam(call, 'image_definition_id'))
        if (!image) throw notFound()
        const { versions } = image
        return ok({ total_count: versions.length, image_versions: versions.map(presentVersion) })
      },
    },
    {
      ...read,
      method: 'GET',
      template: `${template}/machine-sizes`,
      handle: () => ok({ total_count: SIZES.length, machine_specs: SIZES }),
    },
    {
      ...read,
      method: 'GET',
      template: `${template}/limits`,
      handle: (call) => {
        const { runners, mostStaticIps: maximum } = fleetOf(call)
        const used = [...runners.values()].filter(({ staticIp }) => staticIp).length
        return ok({ public_ips: { maximum, current_usage: used } })
      },
    },
  ]
}

function presentVersion(version: string): object {
  return { version, state: 'Ready', size_gb: 30, created_on: BEGINNING, state_details: 'None' }
}

function customImages(call: Call, fleetOf: HostedLevel['fleetOf']): object {
  const images = [...fleetOf(call).images.values()].map(({ id, name, platform, versions }) => ({
    id,
    platform,
    name,
    source: 'custom',
    versions_count: versions.length,
    total_versions_size: versions.length * 30,
    latest_version: versions.at(-1) ?? '',
    state: 'Ready',
  }))
  return { total_count: images.length, images }
}
