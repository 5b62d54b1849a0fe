// A naive reader: a request for each item, one after the other, or ten at a time. Written secrets are sealed as GitHub asks.
import { Agent, request } from 'node:http'
import sodium from 'libsodium-wrappers'

/** So many requests are sent; more are extrapolated, since each takes as long as the other. */
const SAMPLE = { serial: { 0: 400, 50: 80 }, ten: { 0: 400, 50: 400 } }
const AT_ONCE = { serial: 1, ten: 10 }

/**
 * Asks for all items, or for as many as the sample has.
 * @param items of each its requests, which follow one another
 * @returns requests and milliseconds for all of them, and whether they were extrapolated
 */
export async function readNaively(url, items, latency, how) {
  await sodium.ready
  const each = items[0].length
  const count = Math.min(items.length, Math.ceil(SAMPLE[how][latency] / each))
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE[how] })
  let next = 0
  async function work() {
    while (next < count) {
      let key
      for (const asked of items[next++]) {
        const answer = await send(agent, `${url}${asked.path}`, asked, key)
        if (asked.path.endsWith('/public-key')) key = answer
      }
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: AT_ONCE[how] }, work))
  const took = performance.now() - started
  agent.destroy()
  return { requests: each * items.length, wall: (took * items.length) / count, extrapolated: count < items.length }
}

function send(agent, url, { method, more }, key) {
  const body = method === 'PUT' ? sealed(more, key) : undefined
  const headers = { authorization: 'Bearer ghp_naive', 'user-agent': 'naive', accept: 'application/vnd.github+json' }
  return new Promise((done, fail) => {
    const sent = request(url, {
      agent,
      method,
      headers: body ? { ...headers, 'content-length': body.length } : headers,
    })
    sent.on('error', fail)
    sent.on('response', (response) => {
      const chunks = []
      response.on('data', (bytes) => void chunks.push(bytes))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        // A secret that is yet to be written is answered with 404.
        if (response.statusCode >= 400 && !(response.statusCode === 404 && method === 'GET')) {
          fail(new Error(`${method} ${url}: ${response.statusCode} ${text}`))
        } else done(text === '' ? undefined : JSON.parse(text))
      })
    })
    sent.end(body)
  })
}

function sealed(more, { key, key_id }) {
  const { ORIGINAL } = sodium.base64_variants
  const bytes = sodium.crypto_box_seal('value of a secret', sodium.from_base64(key, ORIGINAL))
  return Buffer.from(JSON.stringify({ encrypted_value: sodium.to_base64(bytes, ORIGINAL), key_id, ...more }))
}
