import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)
const named = <Value>(count: number, of: (index: number) => Value, name = 'r'): Record<string, Value> =>
  Object.fromEntries(range(count).map((index) => [`${name}${index}`, of(index)]))
const upper = <Value>(count: number, of: (index: number) => Value): Record<string, Value> =>
  Object.fromEntries(range(count).map((index) => [`S${index}`, of(index)]))
const VALUE = { value: { env: 'X' } }
const repositories = (count: number): object => named(count, () => ({}))

interface Shape {
  readonly product?: string
  readonly seed: object
  readonly organizations: object
}

/** Worlds of several kinds, in which GitHub is nearly as the configuration says. */
const SHAPES: Readonly<Record<string, Shape>> = {
  'secrets of many repositories, by a set': {
    seed: { acme: { repositories: repositories(230) } },
    organizations: { acme: { repository_sets: [{ match: {}, secrets: { A: VALUE } }] } },
  },
  'several families of each repository': {
    seed: { acme: { repositories: repositories(40) } },
    organizations: {
      acme: {
        repository_sets: [
          {
            match: { name: 'r*' },
            permissions: { enabled: true },
            secrets: {},
            variables: {},
            workflow_permissions: { default_workflow_permissions: 'read' },
          },
        ],
      },
    },
  },
  'one named repository among many': {
    seed: { acme: { repositories: repositories(120) } },
    organizations: { acme: { repositories: { r7: { secrets: {}, variables: {} } } } },
  },
  'secrets of an organization, every second for some repositories': {
    seed: {
      acme: {
        repositories: repositories(150),
        secrets: upper(260, (index) =>
          index % 2 === 0 ? { visibility: 'all' } : { visibility: 'selected', repositories: ['r1'] },
        ),
      },
    },
    organizations: {
      acme: {
        secrets: upper(260, (index) =>
          index % 2 === 0 ? { visibility: 'all' } : { visibility: 'selected', repositories: ['r1', 'r2'] },
        ),
      },
    },
  },
  'a policy with long lists': {
    seed: {
      acme: {
        repositories: repositories(250),
        permissions: {
          enabled_repositories: 'selected',
          repositories: range(240).map((index) => `r${index}`),
          allowed_actions: 'selected',
        },
      },
    },
    organizations: {
      acme: {
        permissions: {
          enabled_repositories: 'selected',
          repositories: ['r*'],
          allowed_actions: 'selected',
          selected_actions: { github_owned_allowed: true, verified_allowed: false, patterns_allowed: [] },
        },
        repository_sets: [{ match: { name: 'r1*' }, permissions: { enabled: true } }],
      },
    },
  },
  'environments and what is in them': {
    seed: {
      acme: {
        repositories: named(30, () => ({ environments: { prod: { secrets: { A: { value: 'x' } } }, test: {} } })),
      },
    },
    organizations: {
      acme: {
        repository_sets: [
          { match: {}, environments: { prod: { wait_timer: 0, secrets: { A: VALUE } }, test: { secrets: {} } } },
        ],
      },
    },
  },
  'runner groups': {
    seed: {
      acme: {
        repositories: repositories(30),
        runners: named(120, () => ({}), 'm'),
        runner_groups: named(
          20,
          (index) => ({ visibility: 'selected', repositories: ['r1'], runners: [`m${index}`] }),
          'g',
        ),
      },
    },
    organizations: {
      acme: {
        repository_sets: [{ match: {}, secrets: {} }],
        runner_groups: named(
          20,
          (index) => ({ visibility: 'selected', repositories: ['r1'], runners: [`m${index}`] }),
          'g',
        ),
      },
    },
  },
  'names, and then the listing for what opens or shuts for all': {
    seed: { acme: { repositories: repositories(1250) } },
    organizations: {
      acme: {
        permissions: { enabled_repositories: 'none' },
        repositories: named(12, () => ({ secrets: {}, variables: {} })),
      },
    },
  },
  'names, of which one leads nowhere': {
    seed: { acme: { repositories: repositories(1250) } },
    organizations: {
      acme: { repositories: { ...named(11, () => ({ secrets: {}, variables: {} })), nowhere: { secrets: {} } } },
    },
  },
  'names, and then those of a list on GitHub': {
    seed: {
      acme: {
        repositories: repositories(2250),
        secrets: { S: { visibility: 'selected', repositories: range(12).map((index) => `r${index}`), value: 'x' } },
      },
    },
    organizations: { acme: { secrets: { S: { visibility: 'selected', repositories: ['r1'] } } } },
  },
  'several organizations': {
    seed: named(12, () => ({ repositories: repositories(25) }), 'org'),
    organizations: named(12, () => ({ repository_sets: [{ match: {}, secrets: {} }] }), 'org'),
  },
  'on a server': {
    product: 'ghes-3.4',
    seed: {
      acme: {
        repositories: repositories(60),
        runner_groups: named(9, (index) => ({ visibility: 'all', runners: [`m${index}`] }), 'g'),
        runners: named(9, () => ({}), 'm'),
      },
    },
    organizations: {
      acme: {
        repository_sets: [{ match: {}, secrets: {}, permissions: { enabled: true } }],
        runner_groups: named(9, (index) => ({ visibility: 'all', runners: [`m${index}`] }), 'g'),
      },
    },
  },
}

describe('how many requests reading takes is known within 5 %, once the repositories are listed', () => {
  it.each(Object.entries(SHAPES))('%s', async (_, { product = 'ghec', seed, organizations }) => {
    const sandbox = await watchedSandbox({ product, seed: { organizations: seed } })
    const yaml = stringify({ version: 1, organizations }, { aliasDuplicateObjects: false })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    const before = sandbox.asked.length
    const ran = await place.run(['plan', '--debug'])
    expect(ran.code, ran.stdout + ran.stderr).toBe(0)
    const [, done, expected] =
      [...ran.stderr.matchAll(/what is read took (\d+) requests, and about (\d+) were expected/g)].at(-1) ?? []
    const sent = sandbox.asked.length - before
    expect(Number(done)).toBe(sent)
    expect(Math.abs(Number(expected) - sent), `${expected} expected, ${sent} sent`).toBeLessThanOrEqual(
      Math.max(1, sent * 0.05),
    )
  })
})
