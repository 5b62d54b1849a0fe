const SHA = '0123456789abcdef0123456789abcdef01234567'
const DIGEST = 'a'.repeat(64)

/** Ten workflow files of every shape that `uses` has, and the actions beside them. */
export const WEB: Readonly<Record<string, string>> = {
  'README.md': 'no workflow: `uses: not/read@v1`',
  '.github/workflows/01-steps.yml': `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: "octo/setup@${SHA}"  # v1.2.3
      - { name: flow, uses: octo/deep/sub/dir@main }
      - run: echo "uses octo/none@v1"
`,
  '.github/workflows/02-docker.yaml': `on: push
jobs:
  images:
    steps:
      - uses: docker://alpine:3.20
      - uses: docker://ghcr.io/octo/tool@sha256:${DIGEST}
`,
  '.github/workflows/03-local.yml': `on: push
jobs:
  local:
    steps:
      - uses: ./.github/actions/build
      - uses: ./.github/actions/build/../build
      - uses: ./.github/actions/gone
  call:
    uses: ./.github/workflows/04-called.yml
`,
  '.github/workflows/04-called.yml': `on: { workflow_call: {} }
jobs:
  inner:
    steps:
      - uses: octo/Setup@v2
`,
  '.github/workflows/05-reusable.yml': `on: push
jobs:
  ours:
    uses: acme/shared/.github/workflows/release.yml@v1
    secrets: inherit
  again:
    uses: ACME/shared/.github/workflows/release.yml@v1
  theirs:
    uses: octo/flows/.github/workflows/lint.yml@main
  wrong:
    uses: octo/flows@v1
`,
  '.github/workflows/06-expression.yml': `on: push
jobs:
  one:
    strategy: { matrix: { v: [1, 2] } }
    steps:
      - uses: octo/setup@\${{ matrix.v }}
      - uses: \${{ inputs.action }}
`,
  '.github/workflows/07-anchors.yml': `on: push
jobs:
  first:
    steps: &steps
      - &checkout
        uses: actions/checkout@${SHA}
      - uses: octo/anchored@v1
  second:
    steps: *steps
  third:
    steps:
      - *checkout
      - <<: *checkout
`,
  '.github/workflows/08-broken.yml': `on: push
jobs:
  a: [unclosed
  b:
    steps:
      - uses: octo/unseen@v1
`,
  '.github/workflows/09-malformed.yml': `on: push
jobs:
  odd:
    steps:
      - uses: actions/checkout
      - uses: ./../outside
      - uses: [octo/list@v1]
      - uses: acme/own-action@v3
`,
  '.github/workflows/10-hostile.yml': `on: push
jobs:
  odd:
    steps:
      - uses: "octo/<img src=x>|\\e[31m\\u202Egniht@v1"
      - uses: "::error::octo/thing@v1"
`,
  '.github/workflows/notes.txt': 'jobs: { a: { uses: octo/text@v1 } }',
  '.github/actions/build/action.yml': `name: build
runs:
  using: composite
  steps:
    - uses: actions/cache@v4
    - uses: ./.github/actions/image
`,
  '.github/actions/image/action.yaml': `runs:
  using: docker
  image: docker://octo/image:1
`,
  '.github/actions/unused/action.yml': `runs: { using: composite, steps: [{ uses: octo/unused@v1 }] }`,
}

/** Called by the workflows of the other repository. */
export const SHARED: Readonly<Record<string, string>> = {
  '.github/workflows/release.yml': `on: { workflow_call: {} }
jobs:
  release:
    steps:
      - uses: octo/release@v9
      - uses: ./.github/actions/of-the-caller
  next:
    uses: ./.github/workflows/publish.yml
`,
  '.github/workflows/publish.yml': `on: { workflow_call: {} }
jobs: { go: { steps: [{ uses: octo/publish@v1 }] } }
`,
}

const file = (name: string): string => `.github/workflows/${name}`
const release = `${file('release.yml')}@v1`
const publish = `${file('publish.yml')}@v1`

/** Repository, file, line, text, kind, and whether it is pinned where that can be. */
export const USES: readonly (readonly [string, string, number, string, string, boolean?])[] = [
  ['acme/shared', publish, 2, 'octo/publish@v1', 'action', false],
  ['acme/shared', release, 5, 'octo/release@v9', 'action', false],
  ['acme/shared', release, 6, './.github/actions/of-the-caller', 'local action'],
  ['acme/shared', release, 8, './.github/workflows/publish.yml', 'local workflow'],
  ['acme/web', '.github/actions/build/action.yml', 5, 'actions/cache@v4', 'action', false],
  ['acme/web', '.github/actions/build/action.yml', 6, './.github/actions/image', 'local action'],
  ['acme/web', '.github/actions/image/action.yaml', 3, 'docker://octo/image:1', 'docker', false],
  ['acme/web', file('01-steps.yml'), 6, 'actions/checkout@v4', 'action', false],
  ['acme/web', file('01-steps.yml'), 7, `octo/setup@${SHA}`, 'action', true],
  ['acme/web', file('01-steps.yml'), 8, 'octo/deep/sub/dir@main', 'action', false],
  ['acme/web', file('02-docker.yaml'), 5, 'docker://alpine:3.20', 'docker', false],
  ['acme/web', file('02-docker.yaml'), 6, `docker://ghcr.io/octo/tool@sha256:${DIGEST}`, 'docker', true],
  ['acme/web', file('03-local.yml'), 5, './.github/actions/build', 'local action'],
  ['acme/web', file('03-local.yml'), 6, './.github/actions/build/../build', 'local action'],
  ['acme/web', file('03-local.yml'), 7, './.github/actions/gone', 'local action'],
  ['acme/web', file('03-local.yml'), 9, './.github/workflows/04-called.yml', 'local workflow'],
  ['acme/web', file('04-called.yml'), 5, 'octo/Setup@v2', 'action', false],
  ['acme/web', file('05-reusable.yml'), 4, 'acme/shared/.github/workflows/release.yml@v1', 'reusable workflow', false],
  ['acme/web', file('05-reusable.yml'), 7, 'ACME/shared/.github/workflows/release.yml@v1', 'reusable workflow', false],
  ['acme/web', file('05-reusable.yml'), 9, 'octo/flows/.github/workflows/lint.yml@main', 'reusable workflow', false],
  ['acme/web', file('05-reusable.yml'), 11, 'octo/flows@v1', 'malformed'],
  ['acme/web', file('06-expression.yml'), 6, `octo/setup@\${{ matrix.v }}`, 'not decidable'],
  ['acme/web', file('06-expression.yml'), 7, `\${{ inputs.action }}`, 'not decidable'],
  ['acme/web', file('07-anchors.yml'), 6, `actions/checkout@${SHA}`, 'action', true],
  ['acme/web', file('07-anchors.yml'), 7, 'octo/anchored@v1', 'action', false],
  ['acme/web', file('09-malformed.yml'), 5, 'actions/checkout', 'malformed'],
  ['acme/web', file('09-malformed.yml'), 6, './../outside', 'malformed'],
  ['acme/web', file('09-malformed.yml'), 8, 'acme/own-action@v3', 'action', false],
  ['acme/web', file('10-hostile.yml'), 5, 'octo/<img src=x>|\u001b[31m\u202egniht@v1', 'malformed'],
  ['acme/web', file('10-hostile.yml'), 6, '::error::octo/thing@v1', 'malformed'],
]

/** The places that each policy breaks, without the folder. */
export const BREAKS = {
  local_only: [
    'publish.yml@v1:2',
    'release.yml@v1:5',
    'action.yml:5',
    '01-steps.yml:6',
    '01-steps.yml:7',
    '01-steps.yml:8',
    '04-called.yml:5',
    '05-reusable.yml:9',
    '07-anchors.yml:6',
    '07-anchors.yml:7',
  ],
  selected: [
    'publish.yml@v1:2',
    'release.yml@v1:5',
    '01-steps.yml:8',
    '04-called.yml:5',
    '05-reusable.yml:9',
    '07-anchors.yml:7',
  ],
  sha_pinning_required: [
    'publish.yml@v1:2',
    'release.yml@v1:5',
    'action.yml:5',
    '01-steps.yml:6',
    '01-steps.yml:8',
    '04-called.yml:5',
    '07-anchors.yml:7',
    '09-malformed.yml:8',
  ],
} as const
