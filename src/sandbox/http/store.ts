import type { Content } from '../world/content.ts'
import { bytesOf, sizeOf } from '../world/content.ts'
import { stableSha } from '../world/stable-id.ts'
import type { World } from '../world/store.ts'
import type { Answer, Call } from './call.ts'
import { matchTemplate, segmentsOf } from './router.ts'

/** Begins every path of the store, which is outside the API. */
export const STORE = '/_store/'

/** A log or an artifact in the store. */
export interface Blob {
  readonly content: Content
  readonly type: 'application/zip' | 'text/plain; charset=utf-8'
  readonly filename: string
  /** Whether a part of it can be asked for: not every store takes `Range`. */
  readonly ranges: boolean
}

/** The place of one kind of blob in the store. */
export interface StoreRoute {
  /** Such as `/_store/artifacts/{repository_id}/{artifact_id}`. */
  readonly template: string
  find(world: World, params: Readonly<Record<string, string>>): Blob | undefined
}

/** A redirect expires "after 1 minute" (https://docs.github.com/rest/actions/artifacts#download-an-artifact). */
const LASTS_MS = 60_000

/**
 * 302 to a blob of the store, on another origin: under the other name of this machine. The signature in the query is all that
 * opens it.
 */
export function redirectToStore(call: Call, path: string): Answer {
  const origin = new URL(call.base)
  origin.hostname = origin.hostname === 'localhost' ? '127.0.0.1' : 'localhost'
  const expires = call.now.getTime() + LASTS_MS
  const query = new URLSearchParams({ se: String(expires), sig: signature(path, expires) })
  return { status: 302, headers: { Location: `${origin.origin}${path}?${query}` } }
}

/** A request to the store. */
export interface StoreRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** With names in lower case. */
  readonly headers: Readonly<Record<string, string>>
}

/** The template that the path has; undefined where the store has none. */
export function storeRouteOf(routes: readonly StoreRoute[], path: string): StoreRoute | undefined {
  return routes.find(({ template }) => matchTemplate(template, segmentsOf(path) ?? []) !== undefined)
}

/**
 * Answers as a store of blobs does: with the whole or the part that is asked for. One who sends a credential beside the
 * signature is refused with 400, which Azure's store does, too: the credential was for GitHub alone.
 */
export function answerStore(world: World, route: StoreRoute | undefined, request: StoreRequest, now: Date): Answer {
  const { method, path, query, headers } = request
  if (headers.authorization !== undefined) return refused(400, 'InvalidAuthenticationInfo')
  const expires = Number(query.get('se'))
  if (query.get('sig') !== signature(path, expires) || now.getTime() > expires) {
    return refused(403, 'AuthenticationFailed')
  }
  if (method !== 'GET') return refused(405, 'UnsupportedHttpVerb')
  const params = route && matchTemplate(route.template, segmentsOf(path) ?? [])
  const blob = params && route?.find(world, params)
  return blob ? sent(blob, path, headers) : refused(404, 'BlobNotFound')
}

function sent(blob: Blob, path: string, headers: StoreRequest['headers']): Answer {
  const size = sizeOf(blob.content)
  const etag = `"${stableSha(`${path} ${'text' in blob.content ? blob.content.text : size}`).slice(0, 16)}"`
  const isSame = headers['if-range'] === undefined || headers['if-range'] === etag
  const range = blob.ranges && isSame ? rangeIn(headers.range, size) : undefined
  if (range === 'none') return refused(416, 'InvalidRange', { 'Content-Range': `bytes */${size}` })
  const [from, to] = range ?? [0, size]
  return {
    status: range ? 206 : 200,
    headers: {
      'Content-Type': blob.type,
      'Content-Length': String(to - from),
      'Content-Disposition': `attachment; filename="${blob.filename.replaceAll(/[^\w.-]/g, '_')}"`,
      ETag: etag,
      ...(blob.ranges ? { 'Accept-Ranges': 'bytes' } : {}),
      ...(range ? { 'Content-Range': `bytes ${from}-${to - 1}/${size}` } : {}),
    },
    bytes: bytesOf(blob.content, from, to),
  }
}

/** The first byte and the one after the last, of one range; `none` where nothing is there. Others are not read. */
function rangeIn(header: string | undefined, size: number): readonly [number, number] | 'none' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  if (first === '') return size === 0 || Number(last) === 0 ? 'none' : [Math.max(0, size - Number(last)), size]
  const from = Number(first)
  const to = last === '' ? size : Math.min(Number(last) + 1, size)
  return from >= size || to <= from ? 'none' : [from, to]
}

/** The store's own form of a refusal. */
function refused(status: number, code: string, headers: Readonly<Record<string, string>> = {}): Answer {
  const text = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code></Error>`
  return { status, text, headers: { 'Content-Type': 'application/xml', ...headers } }
}

function signature(path: string, expires: number): string {
  return stableSha(`store ${path} ${expires}`)
}
