import type { Configuration } from '../config/configuration.ts'
import { SetupError } from '../core/setup-error.ts'
import { type ApiBase, apiBase, contradiction } from '../github/base-url.ts'
import { type Client, createClient } from '../github/client.ts'
import { type Credential, type Credentials, tokenCredentials } from '../github/credentials.ts'
import { endpoint, previews } from '../github/endpoints.ts'
import { boundedPace } from '../github/pace.ts'
import { apiVersion, detectServer, type ServerProduct } from '../github/product.ts'
import { credentialScrubber } from '../github/scrub.ts'
import { openFetch } from '../github/transport.ts'
import type { RunFlags } from './flags.ts'
import type { Io } from './io.ts'
import { VERSION } from './version.ts'

/** The way to one GitHub, with whatever credentials the environment gives. */
export interface Connection {
  readonly api: ApiBase
  credential(owner: string): Promise<Credential>
  /** What the server is; asked once. */
  server(owner: string): Promise<ServerProduct>
  /** How many requests were asked for so far. */
  requests(): number
  /** A client that can only read: it refuses any other method before anything is sent. */
  reader(credential: Credential, server?: ServerProduct, product?: string): Client
  /** A client that writes; made only once a plan is complete and confirmed. */
  writer(credential: Credential, server: ServerProduct, product: string | undefined): Client
}

/**
 * On GHES 2.22 a repository's `visibility` is the preview nebula, and its `topics` the preview mercy.
 * https://docs.github.com/enterprise-server@2.22/rest/overview/api-previews
 */
function repositoryPreviews(product: string, route: string): readonly string[] {
  return previews(product, route).includes('nebula') ? ['nebula', 'mercy'] : []
}

type ConnectFlags = Pick<RunFlags, 'apiUrl' | 'insecureHttp' | 'parallelism' | 'debug'>

/**
 * Sends nothing yet.
 * @throws SetupError where the API base or the credentials are not to be used, or the YAML names another API base
 */
export async function connect(io: Io, flags: ConnectFlags, github: Configuration['github']): Promise<Connection> {
  const insecureHttp = flags.insecureHttp ? 'allowed' : 'refused'
  const api = apiBase({ flag: flags.apiUrl, env: io.env, insecureHttp })
  const contradicts = contradiction(api, github)
  if (contradicts !== undefined) throw new SetupError(contradicts)
  const credentials: Credentials = tokenCredentials(io.env)
  const send = await openFetch(io.env)
  const pace = boundedPace(flags.parallelism)
  const counted = { requests: 0 }
  const trace = flags.debug ? (line: string) => io.stderr(`${line}\n`) : undefined
  const clientOf = (
    mode: 'read-only' | 'read-write',
    credential: Credential,
    server?: ServerProduct,
    product?: string,
  ) =>
    createClient({
      baseUrl: api.url,
      token: credential.token,
      tokenFrom: credential.from,
      mode,
      userAgent: `octoform/${VERSION}`,
      apiVersion: server && apiVersion(server),
      fetch: send,
      pace: {
        run: (task) => {
          counted.requests += 1
          return pace.run(task)
        },
      },
      trace,
      previews: (route) => (product === undefined ? [] : repositoryPreviews(product, route)),
      permission: (route) => endpoint(route).permission,
    })
  let server: Promise<ServerProduct> | undefined
  const told = new Set<string>()
  const connection: Connection = {
    api,
    async credential(owner) {
      const credential = await credentials.for(owner)
      if (!told.has(credential.from)) io.stderr(`Using ${credential.from} for ${api.url} (${api.from}).\n`)
      told.add(credential.from)
      io.hide(credentialScrubber(credential.token))
      return credential
    },
    server(owner) {
      server ??= connection.credential(owner).then((credential) => detectServer(connection.reader(credential)))
      return server
    },
    requests: () => counted.requests,
    reader: (credential, known, product) => clientOf('read-only', credential, known, product),
    writer: (credential, known, product) => clientOf('read-write', credential, known, product),
  }
  return connection
}
