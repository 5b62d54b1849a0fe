import { SetupError } from '../core/setup-error.ts'
import { isLoopback } from './origin.ts'

/**
 * Node's fetch, going through the proxy that the environment names: `HTTPS_PROXY`, `HTTP_PROXY` (also for https where the
 * first is not set), except to hosts in `NO_PROXY`; lower case counts first. Clear text to this machine is not handed to a
 * proxy on another one. `NODE_EXTRA_CA_CERTS` needs nothing from us: Node reads it as it starts, for proxies too.
 * @param direct used where the environment names no proxy
 * @throws SetupError where a variable holds no proxy's URL
 */
export async function openFetch(
  env: Readonly<Record<string, string | undefined>>,
  direct: typeof fetch = fetch,
): Promise<typeof fetch> {
  const httpProxy = proxyOf(env, 'HTTP_PROXY')
  const httpsProxy = proxyOf(env, 'HTTPS_PROXY')
  if (httpProxy === undefined && httpsProxy === undefined) return direct
  // Loading it takes a tenth of a second, which few runs need.
  const { EnvHttpProxyAgent } = await import('undici')
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: httpProxy?.href ?? '',
    httpsProxy: httpsProxy?.href ?? '',
    noProxy: variable(env, 'NO_PROXY') ?? '',
  })
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (url.protocol === 'http:' && isLoopback(url) && httpProxy !== undefined && !isLoopback(httpProxy)) {
      return fetch(input, init)
    }
    // Node's types know the dispatcher of the undici that is built in, whose interface this one has too.
    const through: object = { ...init, dispatcher }
    return fetch(input, through)
  }
}

function proxyOf(env: Readonly<Record<string, string | undefined>>, name: string): URL | undefined {
  const text = variable(env, name)
  if (text === undefined) return undefined
  // curl and others take `proxy.example.com:3128` too.
  const url = text.includes('://') ? text : `http://${text}`
  const proxy = URL.canParse(url) ? new URL(url) : undefined
  if (proxy !== undefined && ['http:', 'https:'].includes(proxy.protocol)) return proxy
  throw new SetupError(`${name} is not the URL of an http proxy, such as http://proxy.example.com:3128.`)
}

function variable(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return env[name.toLowerCase()] || env[name] || undefined
}
