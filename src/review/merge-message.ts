/** First lines as GitHub writes them where a pull request is merged, and where it is squashed. */
const HINTS = [/^Merge pull request #(\d{1,10})\b/, /\(#(\d{1,10})\)\s*$/]

/**
 * The numbers that a commit's message may have from the merge of a pull request. The message can be any text, so that
 * these are worth a request to GitHub and prove nothing.
 * https://docs.github.com/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/about-pull-request-merges
 */
export function hintsIn(message: string | undefined): readonly number[] {
  const [subject = ''] = (message ?? '').split('\n', 1)
  return HINTS.flatMap((hint) => {
    const number = Number(hint.exec(subject)?.[1])
    return Number.isSafeInteger(number) && number > 0 ? [number] : []
  })
}
