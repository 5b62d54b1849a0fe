/** A failure of the network in place of an answer. */
export interface Failure {
  /** Such as `ECONNRESET`. */
  readonly code: string
  /**
   * `unreached`: there was no connection, so that nothing was sent; `distrusted`: nor was there, for the server's certificate;
   * `late`: the time was up; `broken`: anything else, as a connection that broke off.
   */
  readonly kind: 'unreached' | 'distrusted' | 'late' | 'broken'
  /** A sentence of the server, without its full stop. */
  readonly words: (url: URL) => string
}

/** No answer came, or only a part of one; the cause is the error of Node or undici. */
export class NetworkError extends Error {
  constructor(cause: Error) {
    super('The request failed.', { cause })
    this.name = 'NetworkError'
  }
}

/**
 * The error to throw for one that ended a request or the reading of its answer: the signal's reason where that ended it, a
 * NetworkError else.
 */
export function thrownInstead(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  if (error instanceof NetworkError || !(error instanceof Error)) return error
  return new NetworkError(error)
}

/** Classifies an error as a failure of the network; undefined for all other errors. */
export function failureOf(error: unknown, timeoutMs: number): Failure | undefined {
  if (!(error instanceof Error)) return undefined
  if (error.name === 'TimeoutError') {
    const words = ({ host }: URL): string => `${host} gave no whole answer within ${timeoutMs / 1000} s`
    return { code: 'TIMEOUT', kind: 'late', words }
  }
  if (!(error instanceof NetworkError) || !(error.cause instanceof Error)) return undefined
  const cause = deepest(error.cause)
  const code = textOf(cause, 'code')
  const reason = reasonOf(cause, code)
  if (code !== undefined && CERTIFICATE.test(code)) {
    const words = ({ origin }: URL): string => `the certificate of ${origin} is not trusted (${reason})`
    return { code, kind: 'distrusted', words }
  }
  if (isUnreached(cause, code)) {
    const words = ({ origin }: URL): string => `${origin} could not be reached (${reason})`
    return { code: code ?? 'FAILED', kind: 'unreached', words }
  }
  const words = ({ host }: URL): string => `${host} gave no whole answer (${reason})`
  return { code: code ?? 'FAILED', kind: 'broken', words }
}

/** https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE = /CERT|UNABLE_TO_(GET|VERIFY)|SELF_SIGNED|ALTNAME/

/** https://nodejs.org/api/errors.html#errorsyscall; errors of TLS before the connection is made have codes of OpenSSL. */
function isUnreached(cause: Error, code: string | undefined): boolean {
  if (['connect', 'getaddrinfo'].includes(textOf(cause, 'syscall') ?? '')) return true
  return code === 'UND_ERR_CONNECT_TIMEOUT' || /^(ERR_SSL_|ERR_TLS_|EPROTO$)/.test(code ?? '')
}

function reasonOf({ message }: Error, code: string | undefined): string {
  if (code === undefined || message.includes(code)) return message || 'no reason'
  return message === '' ? code : `${message}, ${code}`
}

/** A proxy's refusal comes wrapped in "Request was cancelled"; a host with several addresses fails once for each. */
function deepest(error: Error): Error {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return deepest(error.errors[0])
  return error.cause instanceof Error ? deepest(error.cause) : error
}

function textOf(error: object, key: 'code' | 'syscall'): string | undefined {
  const value: unknown = Reflect.get(error, key)
  return typeof value === 'string' ? value : undefined
}
