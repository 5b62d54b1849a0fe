import { SetupError } from '../core/setup-error.ts'
import { directTransport } from './direct.ts'
import { isLoopback } from './origin.ts'
import type { Transport } from './transport.ts'

/**
 * The way to GitHub: connections that are kept open between requests, or those through the proxy that the environment
 * names: `HTTPS_PROXY`, `HTTP_PROXY` (also for https where the first is not set), except to hosts in `NO_PROXY`; lower case
 * counts first. Clear text to this machine is not handed to a proxy on another one. `NODE_EXTRA_CA_CERTS` needs nothing
 * from us: Node reads it as it starts, for proxies too.
 * @param direct used where no proxy is
 * @throws SetupError where a variable holds no proxy's URL
 */
export async function openTransport(
  env: Readonly<Record<string, string | undefined>>,
  direct: Transport = directTransport(),
): Promise<Transport> {
  const httpProxy = proxyOf(env, 'HTTP_PROXY')
  const httpsProxy = proxyOf(env, 'HTTPS_PROXY')
  if (httpProxy === undefined && httpsProxy === undefined) return direct
  // Loading the whole of undici takes a tenth of a second, which few runs need.
  const { proxiedTransport } = await import('./proxied.ts')
  const proxied = proxiedTransport({
    httpProxy: httpProxy?.href ?? '',
    httpsProxy: httpsProxy?.href ?? '',
    noProxy: variable(env, 'NO_PROXY') ?? '',
  })
  return (departure) => {
    const { url } = departure
    const isOurs = url.protocol === 'http:' && isLoopback(url) && httpProxy !== undefined && !isLoopback(httpProxy)
    return isOurs ? direct(departure) : proxied(departure)
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
