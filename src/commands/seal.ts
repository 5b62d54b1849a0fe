import { formatAddress, parseAddress } from '../core/address.ts'
import { whyNoAddress } from '../core/address-glob.ts'
import type { Family } from '../core/family.ts'
import { fieldAt, secretLeaf } from '../core/leaves.ts'
import { goesById, paramsOn } from '../core/place-params.ts'
import type { Route, Routes } from '../core/routes.ts'
import { alternativesOf, pickRoute } from '../core/routes.ts'
import { ownerOf, repositoryIn, type Scope } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import { supportOf } from '../engine/get.ts'
import type { Answer } from '../github/answer.ts'
import type { Client } from '../github/client.ts'
import { assumedProduct } from '../github/product.ts'
import { printableYaml } from '../render/printable-yaml.ts'
import { connect } from '../run/connect.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { RunFlags } from '../run/flags.ts'
import type { Io } from '../run/io.ts'
import type { PublicKey } from '../secrets/seal.ts'
import { sealBytes } from '../secrets/seal-text.ts'

type SealFlags = Pick<RunFlags, 'apiUrl' | 'insecureHttp' | 'parallelism' | 'maxWait' | 'debug'>

/**
 * Reads a value from standard input, or asks for it at a terminal without showing it, and prints it sealed for the
 * public key of the secret's scope, as the YAML takes it: readers of the repository cannot open it, and CI needs no
 * value to write it. Sends one GET.
 * @see https://docs.github.com/en/rest/guides/encrypting-secrets-for-the-rest-api
 */
export async function sealCommand(io: Io, text: string, flags: SealFlags): Promise<ExitCode> {
  const { scope, routes, address } = secretAt(text, (await io.registry()).families)
  const connection = await connect(io, flags, {}, () => routesOf(routes))
  const owner = ownerOf(scope)
  const credential = await connection.credential(owner)
  const [only, ...others] = alternativesOf(routes)
  const ahead =
    only !== undefined && others.length === 0 && !goesById(only)
      ? connection.reader(credential).request(only, paramsOn(only, scope, undefined))
      : undefined
  // A refusal by the server comes first.
  ahead?.catch(() => undefined)
  const server = await connection.server(owner)
  const route = pickRoute(routes, supportOf(assumedProduct(server, undefined)))
  const { body } = await (ahead ?? keyOf(connection.reader(credential, server), route, scope))
  if (!isPublicKey(body)) throw new SetupError(`the answer to ${route} holds no public key`)
  const given = io.askHidden ? await io.askHidden(`Value for ${address}: `) : await io.stdin()
  if (given === undefined) {
    io.stderr('Nothing was sealed.\n')
    return EXIT.failed
  }
  const isTyped = typeof given === 'string'
  const sealed = await sealBytes(isTyped ? Buffer.from(given) : given, body)
  if (!sealed.ok) throw new SetupError(`the value ${isTyped ? 'that was typed' : 'on standard input'} ${sealed.reason}`)
  const { key_id, encrypted_value } = sealed.sealed
  io.stderr(`Put this under ${address}. It can be used there alone, and for as long as GitHub keeps that key.\n`)
  io.stdout(printableYaml({ value: { sealed: { key_id, encrypted_value } } }))
  return EXIT.ok
}

function routesOf(routes: Routes): readonly Route[] {
  const all = alternativesOf(routes)
  return all.some(goesById) ? [...all, REPOSITORY] : all
}

async function keyOf(client: Client, route: Route, scope: Scope): Promise<Answer> {
  const id = goesById(route) ? await repositoryId(client, scope) : undefined
  return client.request(route, paramsOn(route, scope, id))
}

async function repositoryId(client: Client, scope: Scope): Promise<number | undefined> {
  const { owner = '', repo = '' } = repositoryIn(scope) ?? {}
  const { body } = await client.request(REPOSITORY, { owner, repo })
  return (body as { readonly id?: number } | undefined)?.id
}

const REPOSITORY: Route = 'GET /repos/{owner}/{repo}'

/** @throws SetupError where the text is not the address of a secret */
function secretAt(
  text: string,
  families: readonly Family[],
): { readonly scope: Scope; readonly routes: Routes; readonly address: string } {
  const parsed = parseAddress(text)
  const family = parsed && families.find(({ name }) => name === parsed.family)
  const routes = family && publicKeyOf(family, parsed.scope)
  if (!parsed || !family || routes === undefined || parsed.key === '') {
    const why = whyNoAddress(text, families)
    if (why !== undefined && parsed && !family) throw new SetupError(`${text} ${why}`)
    const sealed = families.filter((each) => secretLeaf(each) !== undefined).map(({ name }) => name)
    throw new SetupError(`${text} is not the address of a secret: write one such as orgs/acme/${sealed[0]}/NAME.`)
  }
  return { scope: parsed.scope, routes, address: formatAddress(parsed.scope, family.name, family.fold(parsed.key)) }
}

function publicKeyOf(family: Family, scope: Scope): Routes | undefined {
  const leaf = secretLeaf(family)
  return leaf === undefined ? undefined : fieldAt(family, leaf).written[scope.type]?.publicKey
}

function isPublicKey(body: unknown): body is PublicKey {
  if (typeof body !== 'object' || body === null) return false
  return 'key_id' in body && typeof body.key_id === 'string' && 'key' in body && typeof body.key === 'string'
}
