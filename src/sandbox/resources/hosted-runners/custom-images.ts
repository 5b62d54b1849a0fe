import { type Call, idParam, NO_CONTENT, ok, param, type Route } from '../../http/call.ts'
import { notFound } from '../../http/errors.ts'
import { BEGINNING } from '../../world/defaults.ts'
import type { CustomImage, HostedLevel } from './state.ts'

/**
 * The images that an owner makes itself, and their versions, in the cloud (https://docs.github.com/rest/actions/hosted-runners). What
 * GitHub does with the runners of an image that is deleted is not documented: they stay as they are.
 */
export function customImageRoutes({ template, customRead, customWrite, fleetOf }: HostedLevel): readonly Route[] {
  const all = `${template}/images/custom`
  const one = `${all}/{image_definition_id}`
  const versions = `${one}/versions`
  const imagesOf = (call: Call): Map<number, CustomImage> => fleetOf(call).images
  return [
    {
      ...customRead,
      method: 'GET',
      template: all,
      handle: (call) => {
        const images = [...imagesOf(call).values()].map(present)
        return ok({ total_count: images.length, images })
      },
    },
    { ...customRead, method: 'GET', template: one, handle: (call) => ok(present(imageIn(call, imagesOf(call)))) },
    {
      ...customWrite,
      method: 'DELETE',
      template: one,
      handle: (call) => {
        imagesOf(call).delete(imageIn(call, imagesOf(call)).id)
        return NO_CONTENT
      },
    },
    {
      ...customRead,
      method: 'GET',
      template: versions,
      handle: (call) => {
        const image = imageIn(call, imagesOf(call))
        return ok({ total_count: image.versions.length, image_versions: image.versions.map(presentVersion) })
      },
    },
    {
      ...customRead,
      method: 'GET',
      template: `${versions}/{version}`,
      handle: (call) => ok(presentVersion(versionIn(call, imageIn(call, imagesOf(call))))),
    },
    {
      ...customWrite,
      method: 'DELETE',
      template: `${versions}/{version}`,
      handle: (call) => {
        const image = imageIn(call, imagesOf(call))
        const version = versionIn(call, image)
        image.versions = image.versions.filter((each) => each !== version)
        return NO_CONTENT
      },
    },
  ]
}

function imageIn(call: Call, images: ReadonlyMap<number, CustomImage>): CustomImage {
  const image = images.get(idParam(call, 'image_definition_id'))
  if (!image) throw notFound()
  return image
}

function versionIn(call: Call, { versions }: CustomImage): string {
  const version = param(call, 'version')
  if (!versions.includes(version)) throw notFound()
  return version
}

/** In gigabytes. */
const VERSION_SIZE = 30

function presentVersion(version: string): object {
  return { version, state: 'Ready', size_gb: VERSION_SIZE, created_on: BEGINNING, state_details: 'None' }
}

function present({ id, name, platform, versions }: CustomImage): object {
  return {
    id,
    platform,
    name,
    source: 'custom',
    versions_count: versions.length,
    total_versions_size: versions.length * VERSION_SIZE,
    latest_version: versions.at(-1) ?? '',
    state: 'Ready',
  }
}
