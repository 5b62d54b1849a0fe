import { describe, expect, it } from 'vitest'
import { has } from '../../src/github/endpoints.ts'
import { nameOf, type Operation } from '../../src/operations/operation.ts'
import { OPERATIONS } from '../../src/operations/table.ts'
import { shop } from './runs-world.ts'

const SCOPES: Readonly<Record<string, string>> = {
  enterprise: 'enterprises/acme-inc',
  organization: 'orgs/acme',
  repository: 'acme/web',
}
const STATUSES = [403, 404, 409, 410] as const
const WORDS: Readonly<Record<number, string>> = {
  403: 'This needs ',
  404: 'It does not exist, or GitHub hides it from a token that may not see it.',
  409: 'its state does not allow this now',
  410: 'GitHub does not have it any more',
}

interface Cell {
  readonly operation: Operation
  readonly level: string
  readonly route: string
}

/** On ghec each operation gets each answer; elsewhere each cell one of them in turn. */
function cellsOf(product: string): readonly (Cell & { readonly status: number })[] {
  return OPERATIONS.flatMap((operation) =>
    Object.entries(operation.at).map(([level, route]): Cell => ({ operation, level, route })),
  )
    .filter(({ route }) => has(product, route))
    .flatMap((cell, index) => {
      const isFirst = cell.level === Object.keys(cell.operation.at)[0]
      const all = product === 'ghec' && isFirst ? STATUSES : [STATUSES[index % STATUSES.length] ?? 404]
      return all.map((status) => ({ ...cell, status }))
    })
}

function lineOf({ operation, level }: Cell, product: string): string {
  const { subject, flags = [], verb } = operation
  const inPath = flags.flatMap(({ flag, inPath: isInPath }) => (isInPath ? [`${flag.split(' ')[0]} 1.0.0`] : []))
  const more =
    { review: '--environment prod --approve', dispatch: '--ref main', jitconfig: '--runner-group-id 1 --label gpu' }[
      verb
    ] ?? ''
  const some = operation.resource === 'workflows' ? 'ci.yml' : verb === 'review' ? '104' : '101'
  const word = subject && !subject.optional ? some : ''
  const kind = /^ghes/.test(product) ? '' : `--product ${product}`
  return [nameOf(operation), SCOPES[level], word, ...inPath, more, kind, '--yes --json'].filter(Boolean).join(' ')
}

describe.each(['ghec', 'ghes-2.22', 'ghae-2021', 'ghae'])('on %s', (product) => {
  it('each refusal of each operation is said with its request, its words and its meaning', async () => {
    const { run, sandbox } = await shop(product)
    for (const cell of cellsOf(product)) {
      const { operation, route, status } = cell
      const [method, template] = route.split(' ')
      await sandbox.fault({ method, route: template, status, body: { message: 'Said so' } })
      const line = `${status} ${lineOf(cell, product)}`
      const { code, stdout, stderr } = await run(lineOf(cell, product))
      await sandbox.call('DELETE', '/_sandbox/faults')
      const isChange = operation.kind === 'change'
      const isRead = ['list', 'show', 'download'].includes(operation.kind)
      // Of a file that was described first there is nothing to fetch.
      if (operation.kind === 'download' && stderr.includes('404 Not Found')) {
        expect({ line, code }).toEqual({ line, code: 5 })
        continue
      }
      const isGoneFile = operation.kind === 'download' && status === 410
      expect({ line, code }).toEqual({ line, code: isRead && !isGoneFile ? 5 : 1 })
      if (!isGoneFile) expect(`${line}: ${stderr}`).toMatch(new RegExp(`${method} /\\S+: ${status} Said so`))
      const meaning = operation.means?.[status]
      expect(`${line}: ${stderr}`).toContain(isGoneFile ? 'it expired' : (meaning ?? WORDS[status]))
      expect(`${line}: ${stderr}`).not.toMatch(/\bbug\b|undefined|\n {4}at /)
      if (!isChange) expect({ line, stdout }).toEqual({ line, stdout: '' })
      else expect(JSON.parse(stdout)).toMatchObject([{ status, message: expect.stringContaining('Said so') }])
    }
  }, 120_000)
})

it('a flag that the product wants is asked for before a request', async () => {
  const { run, sandbox } = await shop()
  const refused = await run('runners jitconfig orgs/acme one --label gpu --yes')
  expect(refused).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('runners jitconfig takes --runner-group-id <id> on ghec. Nothing was sent.'),
  })
  expect(sandbox.writes()).toEqual([])
})

describe('the meaning of a refusal', () => {
  it.each([
    [
      'a limit',
      {
        status: 403,
        headers: { 'retry-after': '7200' },
        body: { message: 'You have exceeded a secondary rate limit.' },
      },
    ],
    ['a missing permission', { status: 403, body: { message: 'Resource not accessible by integration' } }],
  ])('is not that of the thing where it is %s', async (_, answer) => {
    const { run, sandbox } = await shop()
    await sandbox.fault({ method: 'DELETE', times: 9, ...answer })
    const { stderr } = await run('runs delete acme/web 101 --yes --max-wait 1m')
    expect(stderr).toContain(answer.body.message)
    expect(stderr).not.toContain('only what has ended')
  })
})
