import { read } from 'read'

/**
 * Asks for a line at a terminal.
 * @returns an empty text after Ctrl-C, Ctrl-D, or when the terminal was closed
 */
export async function askLine(input: NodeJS.ReadStream, output: NodeJS.WriteStream, question: string): Promise<string> {
  // `read` never settles after Ctrl-D and a closed terminal. Each end of a line pauses the input as well, and there the
  // answer comes first.
  const closed = new Promise<undefined>((resolve) => {
    input.once('pause', () => void setImmediate(resolve, undefined))
  })
  const answer = await Promise.race([read({ prompt: question, input, output }).catch(() => undefined), closed])
  if (answer === undefined) output.write('\n')
  return answer ?? ''
}
