import { hasSince, type Product } from '../world/products.ts'

/** An answer that is not a success; handlers throw it, and the sandbox sends it in GitHub's form. */
export class Refusal extends Error {
  readonly status: number
  /** The list in 422 answers beside the message: one object or one sentence for each problem. A 409 has one text. */
  readonly errors: readonly (object | string)[] | string | undefined
  readonly headers: Readonly<Record<string, string>>

  /** An empty message makes an answer without a body, as GitHub sends some of its 409s. */
  constructor(
    status: number,
    message: string,
    extra: { errors?: readonly (object | string)[] | string; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message)
    this.status = status
    this.errors = extra.errors
    this.headers = extra.headers ?? {}
  }
}

/** 404: it does not exist, or the token may not know that it does. */
export function notFound(): Refusal {
  return new Refusal(404, 'Not Found')
}

/** 409 without a body: GitHub's answer when the level above, or the setting beside, forbids the request. */
export function conflict(): Refusal {
  return new Refusal(409, '')
}

/**
 * 409 for an entry below a setting that has no selection, such as one that holds for all. Its `errors` is one text
 * (https://github.com/cli/cli/pull/4862, https://github.com/google/go-github/issues/2036).
 */
export function noSelection(problem: string): Refusal {
  return new Refusal(409, 'Conflict', { errors: problem })
}

/** 422 for a body that does not fit the documented schema. */
export function invalidRequest(problem: string): Refusal {
  return new Refusal(422, `Invalid request.\n\n${problem}`)
}

/** 422 for a body that fits the schema and still cannot be accepted. */
export function unprocessable(message: string, errors?: readonly (object | string)[]): Refusal {
  return new Refusal(422, message, errors ? { errors } : {})
}

/**
 * The body of a refusal in the product's own error format; undefined when it has none. Newer servers put the status in
 * each, 422 among them (https://github.com/rollthecloudinc/hedge/issues/256), though no description of
 * `validation-error` has it; those of 2022 did not (https://github.com/github/rest-api-description/issues/1688).
 */
export function errorBody(refusal: Refusal, product: Product): object | undefined {
  if (refusal.message === '') return undefined
  return {
    message: refusal.message,
    ...(refusal.errors ? { errors: refusal.errors } : {}),
    documentation_url: documentationUrl(product),
    ...(hasSince(product, [3, 17]) ? { status: String(refusal.status) } : {}),
  }
}

/** The documentation link of GitHub's errors. */
function documentationUrl(product: Product): string {
  const release = product.release ? `enterprise-server@${product.release.join('.')}/` : ''
  const version = product.ae ? 'github-ae@latest/' : release
  return `https://docs.github.com/${version}rest`
}
