import stringWidth from 'string-width'
import { expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const LONG = 'n'.repeat(100)
const RIGHT = 'סביבת ייצור'
const BIDI = 'gpu\u202egnp\u2066x'
const workflow = (...uses: readonly string[]) =>
  `on: push\njobs:\n  a:\n    steps:\n${uses.map((each) => `      - uses: ${JSON.stringify(each)}\n`).join('')}`
const value = 'x'

function seedOf(...uses: readonly string[]) {
  const files = {
    main: { [`.github/workflows/${RIGHT}.yml`]: workflow(...uses), '.github/workflows/b.yml': workflow('octo/b@v1') },
  }
  return {
    product: 'ghec',
    organizations: {
      acme: {
        repositories: {
          [LONG]: {
            visibility: 'public',
            files,
            secrets: { SAME: { value } },
            environments: { [RIGHT]: { secrets: { SAME: { value } } } },
          },
          web: { files: { main: { '.github/workflows/a.yml': workflow('octo/a@v1') } } },
        },
        secrets: { SAME: { visibility: 'all', value }, [LONG.toUpperCase()]: { visibility: 'all', value } },
        permissions: { allowed_actions: 'local_only' },
        runner_groups: {
          [BIDI]: { visibility: 'all', allows_public_repositories: true },
          [RIGHT]: { visibility: 'all', allows_public_repositories: true },
        },
        runners: { [LONG]: { os: 'linux', status: 'offline' }, [RIGHT]: { os: 'linux', status: 'offline' } },
      },
    },
  }
}

/** The tables of a text: a line in capitals, and what follows up to an empty line. */
function tables(text: string): readonly (readonly string[])[] {
  const found: string[][] = []
  let open: string[] | undefined
  for (const line of text.split('\n')) {
    if (line === '') open = undefined
    else if (open !== undefined) open.push(line)
    else if (/^ *[A-Z]{3,}[A-Z… ]*$/.test(line)) {
      open = [line]
      found.push(open)
    }
  }
  return found
}

/** A line by the columns of a terminal: a wide letter stands in the first of its columns. */
function cells(line: string): readonly string[] {
  const shown: string[] = []
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(line)) {
    const width = stringWidth(segment)
    if (width > 0) shown.push(segment, ...Array.from({ length: width - 1 }, () => 'x'))
  }
  return shown
}

it.each([80, 200])('every report fits %i columns, with its columns below one another', async (columns) => {
  const uses = [`octo/${LONG}@v1`, 'octo/thing@v1', `${RIGHT}/x@v1`, `octo/${BIDI}@v1`, 'docker://alpine:3']
  const sandbox = await watchedSandbox({ seed: seedOf(...uses) })
  const place = await workplace(sandbox, {})
  const run = (...args: readonly string[]) => place.run(['report', ...args], { columns })
  await run('hygiene', 'orgs/acme', '--save', 'a.json')
  await sandbox.call('DELETE', `/orgs/acme/actions/secrets/${LONG.toUpperCase()}`)
  await sandbox.call('POST', '/orgs/acme/actions/runner-groups', {
    name: `new ${RIGHT}`,
    allows_public_repositories: true,
  })
  await run('hygiene', 'orgs/acme', '--save', 'b.json')
  const reports = [
    await run('hygiene', 'orgs/acme', '--older-than', '1'),
    await run('access', 'orgs/acme/secrets/SAME', `acme/${LONG}`, '--people'),
    await run('actions-used', 'orgs/acme'),
    await run('hygiene', '--from', 'a.json', '--to', 'b.json'),
    await run('access', 'acme/web', '--from', 'a.json', '--to', 'b.json'),
  ]
  for (const { stdout } of reports) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them is to be there
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u001b\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
    const found = tables(stdout)
    expect(found.length).toBeGreaterThan(0)
    for (const [head = '', ...rows] of found) {
      const starts = [...head.matchAll(/\S+(?: \S+)*/g)].map(({ index }) => index).filter((start) => start >= 2)
      for (const line of [head, ...rows]) {
        expect(stringWidth(line), line).toBeLessThanOrEqual(columns)
        const shown = cells(line)
        for (const start of starts)
          expect(
            shown
              .slice(start - 2, start)
              .join('')
              .trim(),
            `${head}\n${line}`,
          ).toBe('')
      }
    }
  }
  const all = reports.map(({ stdout }) => stdout).join('')
  expect(all).toContain(RIGHT.slice(0, 5))
  if (columns === 200) expect(all).toContain('\\u{202e}')
})

it('one text of a mebibyte lengthens neither the other lines nor the summary', async () => {
  const huge = 'x'.repeat(900_000)
  const sandbox = await watchedSandbox({
    seed: seedOf(`octo/${huge}@v1`, ...Array.from({ length: 200 }, (_, n) => `octo/a${n}@v1`)),
  })
  const place = await workplace(sandbox, {})
  const { stdout, code } = await place.run(['report', 'actions-used', 'orgs/acme'])
  expect(code).toBe(0)
  expect(stdout.length).toBeLessThan(8_000_000)
})
