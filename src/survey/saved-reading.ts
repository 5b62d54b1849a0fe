import { isDocument } from '../core/json.ts'
import { SetupError } from '../core/setup-error.ts'
import { printableJson } from '../render/printable.ts'
import { validateReading } from '../shipped/validators.js'
import { isWhole, type ReportReading } from './reading.ts'

/** The most bytes of a reading: one of ten thousand repositories has some 60 MiB. */
export const MOST_READING_BYTES = 256 * 1024 * 1024

/** A reading as a file holds it. */
export function readingText(reading: ReportReading): string {
  return `${printableJson(JSON.stringify(reading))}\n`
}

/**
 * Parses the text of a saved reading.
 * @param file its name in messages
 * @param hash SHA-256 of a text, in hexadecimal digits
 * @throws SetupError where it is cut off, something else, of another version, or changed since
 */
export function parseReading(file: string, text: string, hash: (text: string) => string): ReportReading {
  const parsed = parsedJson(file, text)
  const { format, format_version: version } = isDocument(parsed) ? parsed : {}
  if (format !== 'octoform reading')
    throw new SetupError(`${file} is no reading of a report${insteadOf(parsed)}.${REMEDY}`)
  if (version !== '1.0') {
    const which = typeof version === 'string' && /^\d{1,5}\.\d{1,5}$/.test(version) ? version : 'of another kind'
    throw new SetupError(
      `${file} has the format version ${which}; this octoform reads 1.0. Read again, or use the octoform that wrote it.`,
    )
  }
  if (!validateReading(parsed)) {
    const [error] = validateReading.errors ?? []
    const where = error?.instancePath || '/'
    throw new SetupError(`${file} is no reading of a report: ${where} ${error?.message ?? 'is wrong'}.${REMEDY}`)
  }
  const reading = parsed as ReportReading
  if (!isIntact(reading, hash))
    throw new SetupError(`${file} was changed after it was saved, so that it proves nothing. Read again.`)
  return reading
}

const REMEDY = ' `octoform report … --save FILE` writes one.'

function parsedJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new SetupError(`${file} is not JSON: it is cut off, or no reading at all.${REMEDY}`)
  }
}

/** Another file of octoform's, which the person may have meant. */
function insteadOf(parsed: unknown): string {
  if (!isDocument(parsed)) return ''
  const { format, digest, changes } = parsed
  if (typeof format === 'string' && format.startsWith('octoform report')) return ', but a report itself'
  if (format === 'octoform cleanup') return ', but a plan of cleanup'
  return typeof digest === 'string' && Array.isArray(changes) ? ', but a saved plan' : ''
}

/** A text without a canonical form, such as one with a lone surrogate, is not octoform's. */
function isIntact(reading: ReportReading, hash: (text: string) => string): boolean {
  try {
    return isWhole(reading, hash)
  } catch {
    return false
  }
}
