import { readFile } from 'node:fs/promises'
import type { Configuration } from '../config/configuration.ts'
import type { Route } from '../core/routes.ts'
import { isEnterprise } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import { readRunContext } from '../event/read-context.ts'
import { carriesPullRequest } from '../event/trust.ts'
import type { AppOptions } from '../github/app-credentials.ts'
import { type ApiBase, apiBase, contradiction } from '../github/base-url.ts'
import { BODY_LIMITS } from '../github/body.ts'
import { bodyRoom, ROOM_BYTES } from '../github/body-room.ts'
import { type Client, type ClientOptions, createClient } from '../github/client.ts'
import { APP_VARIABLE, type Credential } from '../github/credentials.ts'
import { admitsApps, lacks, previews } from '../github/endpoints.ts'
import { withEnterprises } from '../github/enterprise-token.ts'
import type { OperationMode } from '../github/guard.ts'
import { createHomeClient, homeCredential } from '../github/home-client.ts'
import type { Installation } from '../github/installation.ts'
import { neededFor } from '../github/needed-permission.ts'
import { openCredentials } from '../github/open-credentials.ts'
import { openTransport } from '../github/open-transport.ts'
import type { Pace } from '../github/pace.ts'
import { permissionsNeeded } from '../github/permissions-needed.ts'
import { apiVersion, type ServerProduct, serverProduct } from '../github/product.ts'
import { remembering } from '../github/remember.ts'
import { openScrubber } from '../github/scrub.ts'
import { type VisibleRepositories, visibleRepositories } from '../github/visible-repositories.ts'
import { makeScrubber } from '../secrets/scrub.ts'
import { askingMeta } from './ask-meta.ts'
import type { RunFlags } from './flags.ts'
import type { Io } from './io.ts'
import { maxWaitOf } from './max-wait.ts'
import { VERSION } from './version.ts'

/** The way to one GitHub, with the credentials of the environment. */
export interface Connection {
  readonly api: ApiBase
  /** @throws GitHubError where a GitHub App is not installed on the owner, or lacks a permission that is needed */
  credential(owner: string): Promise<Credential>
  /**
   * A GitHub App's installation on an owner, with every permission that it was granted; undefined where the credential
   * is a token.
   */
  installation(owner: string): Promise<Installation | undefined>
  /** The server's product; requested once. */
  server(owner: string): Promise<ServerProduct>
  /** The repositories of an owner that its credential is known to see. Sends the requests of `server`, and no more. */
  visible(owner: string): Promise<VisibleRepositories>
  /**
   * The server's time, by its answer to the request of `server`; before that, and where the answer has no valid `Date`,
   * the machine's.
   */
  now(): Date
  /** Whether enterprises are read: no run for a pull request has their token. */
  readonly enterprises: 'read' | 'after the merge'
  /** Waits so many milliseconds, by the clock that limits are waited out by. */
  pause(ms: number): Promise<void>
  /** How many requests were made so far. */
  requests(): number
  /**
   * A client that can only read: it refuses any other method before anything is sent. Without a server it sends no API
   * version, which stands for the one that octoform is written for.
   */
  reader(credential: Credential, server?: ServerProduct, product?: string): Client
  /** A client that writes; made only once a plan is complete and confirmed. */
  writer(credential: Credential, server: ServerProduct, product: string | undefined): Client
  /** A client for one command of operations: it sends these routes alone, and only to these scopes. */
  operator(credential: Credential, server: ServerProduct, admits: OperationMode): Client
  /**
   * A client that reads one repository and writes to it by these routes alone, with the credential of the repository.
   * @throws SetupError where there is none
   */
  home(home: Home): Client
}

/** The options of a client of one repository. */
export interface Home {
  /** `owner/name` */
  readonly repository: string
  /** Such as `REPORT_ROUTES` or `FILE_ROUTES`. */
  readonly admits: readonly Route[]
  /** GraphQL documents, word for word. */
  readonly admitsGraphql?: readonly string[]
  /** Set where it is known already; decides on API version and previews. */
  readonly server?: ServerProduct | undefined
}

/**
 * On GHES 2.22 a repository's `visibility` is the preview nebula, and its `topics` the preview mercy.
 * https://docs.github.com/enterprise-server@2.22/rest/overview/api-previews
 */
function repositoryPreviews(product: string, route: string): readonly string[] {
  return previews(product, route).includes('nebula') ? ['nebula', 'mercy'] : []
}

/** The oldest product: a server that is not known yet is asked for its previews, which newer ones do not mind. */
const OLDEST = 'ghes-2.22'

/** A GitHub App's own routes are the preview machine-man on GHES 2.22; newer servers do not mind it. */
const APP_PREVIEWS = ['machine-man']

type ConnectFlags = Pick<RunFlags, 'apiUrl' | 'insecureHttp' | 'parallelism' | 'maxWait' | 'debug'>

/**
 * Sends nothing yet.
 * @param routes the command's routes for an owner: a GitHub App's token gets the permissions for these alone. Without
 * it, all that the App was granted.
 * @param also optional routes, used where the App was granted them
 * @throws SetupError where the API base or the credentials are not to be used, or the YAML names another API base
 */
export async function connect(
  io: Io,
  flags: ConnectFlags,
  github: Configuration['github'],
  routes?: (owner: string) => readonly Route[],
  also: (owner: string) => readonly Route[] = () => [],
): Promise<Connection> {
  const insecureHttp = flags.insecureHttp ? 'allowed' : 'refused'
  const api = apiBase({ flag: flags.apiUrl, env: io.env, insecureHttp })
  const contradicts = contradiction(api, github)
  if (contradicts !== undefined) throw new SetupError(contradicts)
  const tokens = makeScrubber()
  const scrubber = openScrubber(tokens)
  io.hide(scrubber.scrub)
  io.pace.allow({ atOnce: flags.parallelism, maxWaitMs: await maxWaitOf(io, flags.maxWait) })
  const counted = { requests: 0 }
  const shared = {
    baseUrl: api.url,
    userAgent: `octoform/${VERSION}`,
    transport: await openTransport(io.env, io.transport),
    pace: {
      clock: io.pace.clock,
      send: (turn, task) =>
        io.pace.send(turn, async (mayGo) => {
          const outcome = await task(mayGo)
          if (outcome !== 'not sent') counted.requests += 1
          return outcome
        }),
    } satisfies Pick<Pace, 'send' | 'clock'>,
    limits: io.limits ?? {},
    ...(io.limits?.timeoutMs === undefined ? {} : { timeoutMs: io.limits.timeoutMs }),
    room: bodyRoom(ROOM_BYTES, BODY_LIMITS.answerBytes),
    scrubber,
    hide: (text: string) => io.cleaned(text),
    trace: flags.debug ? (line: string) => io.stderr(`${line}\n`) : undefined,
    permission: neededFor,
  } satisfies Partial<ClientOptions>
  const isForPullRequest = carriesPullRequest(await readRunContext(io.env, (path) => readFile(path, 'utf8')))
  const options: AppOptions = {
    client: (credential) =>
      createClient({
        ...shared,
        credential,
        tokenFrom: APP_VARIABLE,
        account: APP_VARIABLE,
        mode: 'token-exchange',
        previews: () => APP_PREVIEWS,
      }),
    now: io.pace.clock.now,
    needs: (owner) => routes && permissionsNeeded(routes(owner).filter(admitsApps), also(owner).filter(admitsApps)),
  }
  const credentials = withEnterprises(io.env, isForPullRequest ? 'ignored' : 'read', () =>
    openCredentials(io.env, options),
  )
  const clientOf = (
    mode: 'read-only' | 'read-write' | OperationMode,
    credential: Credential,
    server?: ServerProduct,
    product?: string,
  ) =>
    createClient({
      ...shared,
      credential: credential.token,
      tokenFrom: credential.from,
      account: credential.account,
      mode,
      answers: typeof mode === 'object' ? 'as they are' : undefined,
      apiVersion: server && apiVersion(server),
      previews: (route) => repositoryPreviews(product ?? OLDEST, route),
      lacks: product === undefined ? undefined : (route, field) => lacks(product, route, field),
    })
  const meta = askingMeta(api, async (owner) => connection.reader(await connection.credential(owner)))
  const announced = new Set<string>()
  const connection: Connection = {
    api,
    async credential(owner) {
      const credential = await credentials.for(owner)
      if (!announced.has(credential.from)) io.note(`Using ${credential.from} for ${api.url} (${api.from}).\n`)
      announced.add(credential.from)
      return credential
    },
    installation: credentials.installation,
    server: async (owner) => serverProduct(await meta.any(owner)),
    async visible(owner) {
      // An enterprise has no repositories, and its token tells nothing about that of the others.
      if (isEnterprise(owner)) return { sees: 'all' }
      const { headers } = await meta.ask(owner)
      const scopes = headers['x-oauth-scopes']
      return visibleRepositories(await connection.credential(owner), { owner, scopes, base: new URL(api.url) })
    },
    enterprises: isForPullRequest ? 'after the merge' : 'read',
    now: () => new Date(Date.now() + meta.aheadMs()),
    pause: (ms) => io.pace.clock.sleep(ms, new AbortController().signal),
    requests: () => counted.requests,
    reader: (credential, known, product) => clientOf('read-only', credential, known, product),
    writer: (credential, known, product) => clientOf('read-write', credential, known, product),
    operator: (credential, known, admits) => clientOf(admits, credential, known),
    home: ({ repository, admits, admitsGraphql, server: known }) =>
      createHomeClient({
        ...shared,
        credential: homeCredential(io.env),
        home: repository,
        admits,
        admitsGraphql,
        apiVersion: known && apiVersion(known),
        previews: (route) => (known === undefined || known === 'cloud' ? [] : previews(known, route)),
      }),
  }
  return connection
}

/** The same connection, whose reading clients ask GitHub for the same thing once. */
export function rememberingReads(connection: Connection): Connection {
  const clients = new Map<Credential, Map<string | undefined, Client>>()
  return {
    ...connection,
    reader(credential, server, product) {
      const own = clients.get(credential) ?? new Map<string | undefined, Client>()
      clients.set(credential, own)
      const client = own.get(product) ?? remembering(connection.reader(credential, server, product))
      own.set(product, client)
      return client
    },
  }
}
