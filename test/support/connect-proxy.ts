import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { onTestFinished } from 'vitest'

interface ConnectProxy {
  readonly url: string
  /** The `host:port` of each tunnel that was asked for. */
  readonly tunnels: readonly string[]
  /** The `Proxy-Authorization` of each. */
  readonly authorizations: readonly (string | undefined)[]
}

/**
 * A proxy on the loopback interface until the test is over. Tunnels to every host end at the same port of this machine,
 * so that a test can use names without an address.
 * @param status its answer; no tunnel is made unless it is 200
 */
export async function serveProxy(status = 200): Promise<ConnectProxy> {
  const tunnels: string[] = []
  const authorizations: (string | undefined)[] = []
  const proxy = createServer()
  proxy.on('connect', (request, socket, head) => {
    tunnels.push(request.url ?? '')
    authorizations.push(request.headers['proxy-authorization'])
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
      return
    }
    const upstream = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.write(head)
      upstream.pipe(socket).pipe(upstream)
    })
    socket.on('error', () => upstream.destroy())
    upstream.on('error', () => socket.destroy())
    onTestFinished(() => {
      socket.destroy()
      upstream.destroy()
    })
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    proxy.closeAllConnections()
    proxy.close()
  })
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, tunnels, authorizations }
}
