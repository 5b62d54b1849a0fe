import { unprocessable } from '../../http/errors.ts'

/** The most characters that the body of an issue or a comment may have. */
const MOST_CHARACTERS = 65536

/** @throws Refusal 422, with GitHub's words, when the body of an issue is longer than GitHub takes. */
export function refuseLongBody(body: string | null, resource: string): void {
  if (body === null || !isTooLong(body)) return
  const message = `body is too long (maximum is ${MOST_CHARACTERS} characters)`
  throw unprocessable('Validation Failed', [{ resource, code: 'custom', field: 'body', message }])
}

/** @throws Refusal 422 when the body of a comment is blank, or longer than GitHub takes. */
export function refuseCommentBody(body: string): void {
  if (body.trim() === '') throw refused('Body cannot be blank')
  if (isTooLong(body)) throw refused(`Body is too long (maximum is ${MOST_CHARACTERS} characters)`)
}

function refused(message: string): Error {
  return unprocessable('Validation Failed', [
    { resource: 'IssueComment', code: 'unprocessable', field: 'data', message },
  ])
}

/** GitHub counts characters, of which those beyond the basic plane are one each. */
function isTooLong(text: string): boolean {
  return text.length > MOST_CHARACTERS && [...text].length > MOST_CHARACTERS
}
