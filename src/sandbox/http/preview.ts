import { hasSince } from '../world/products.ts'
import type { Call } from './call.ts'
import { Refusal } from './errors.ts'

/**
 * @throws Refusal 415 when GHES 2.22 has the operation in a preview that the client does not ask for. Later releases
 * take the media type and need it no more.
 */
export function refuseWithoutPreview(call: Call, name: string): void {
  const type = `application/vnd.github.${name}-preview+json`
  if (hasSince(call.product, [3, 4]) || call.accept.includes(`vnd.github.${name}-preview`)) return
  throw new Refusal(
    415,
    `If you would like to help us test this API during its preview period, you must specify a custom media type in the 'Accept' header: ${type}.`,
  )
}
