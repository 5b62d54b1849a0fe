/** Below this, masking a line of many would tear holes into every log: `{` is in each JSON key file. */
const SHORT = 4

/**
 * `::add-mask::` for each line of a value: the runner masks line by line. A line is escaped for the runner's parser; of
 * a value of several lines the very short ones are left out.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#masking-a-value-in-a-log
 */
export function maskCommands(value: string): string {
  const lines = value.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
  const masked = lines.length > 1 ? lines.filter((line) => line.trim().length >= SHORT) : lines
  return masked.map((line) => `::add-mask::${line.replaceAll('%', '%25')}\n`).join('')
}
