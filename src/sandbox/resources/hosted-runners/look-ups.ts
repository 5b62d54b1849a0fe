import { ok, type Route } from '../../http/call.ts'
import { type HostedLevel, IMAGES, SIZES } from './state.ts'

/** The images, machine sizes and limits of an owner, which is all that hosted runners are made of. They have no pages. */
export function lookUpRoutes({ template, read, fleetOf }: HostedLevel): readonly Route[] {
  const from = (source: string): Route['handle'] => {
    const images = IMAGES.filter((image) => image.source === source)
    return () => ok({ total_count: images.length, images })
  }
  return [
    { ...read, method: 'GET', template: `${template}/images/github-owned`, handle: from('github') },
    { ...read, method: 'GET', template: `${template}/images/partner`, handle: from('partner') },
    {
      ...read,
      method: 'GET',
      template: `${template}/platforms`,
      handle: () => {
        const platforms = [...new Set(IMAGES.map(({ platform }) => platform))].sort()
        return ok({ total_count: platforms.length, platforms })
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
