import { randomBytes } from 'node:crypto'
import { enterpriseVersion, hasSince, type Product } from '../world/products.ts'

/** The dated version of the API that the sandbox speaks (https://docs.github.com/rest/about-the-rest-api/api-versions). */
export const API_VERSION = '2022-11-28'

/** The headers that GitHub puts on every answer. */
export function githubHeaders(product: Product, accept: string, now: Date): Record<string, string> {
  const version = enterpriseVersion(product)
  const preview = /vnd\.github\.([a-z-]+-preview)/.exec(accept)?.[1]
  return {
    Date: now.toUTCString(),
    'X-GitHub-Request-Id': randomBytes(10).toString('hex').toUpperCase(),
    'X-GitHub-Media-Type': `github.v3; ${preview ? `param=${preview}; ` : ''}format=json`,
    ...(version === undefined ? {} : { 'X-GitHub-Enterprise-Version': version }),
    ...(hasSince(product, [3, 9]) ? { 'X-GitHub-Api-Version-Selected': API_VERSION } : {}),
  }
}
