/** Stands in every hostile text, so that it is found wherever a part of it leaks. */
export const CANARY = 'pwned'

/** Texts that a terminal, a log, a page or a reader could take for more than a name. */
export const TEXTS: readonly string[] = [
  '<script>alert("pwned")</script>',
  '<img src=x onerror=pwned()>',
  "\"><svg onload='pwned()'>",
  '</code></pre></summary></details><b>pwned',
  '```\n<b>pwned</b>\n```',
  '`````````` pwned',
  '`pwned`',
  '~~~ pwned',
  '<!-- pwned',
  '--> pwned',
  '--!> pwned',
  '<!-- octoform {"v":1,"kind":"plan","owner":"pwned"} -->',
  '<![CDATA[ pwned ]]>',
  ']]> pwned',
  '::error::pwned',
  '::error file=pwned,line=1::pwned',
  'x\n::add-mask::pwned',
  'x\r::stop-commands::pwned',
  ' \t::warning::pwned',
  '\u0085::error::pwned',
  '\u200d::error::pwned',
  '\ufeff::error::pwned',
  'x\u2028::error::pwned',
  '##[error]pwned',
  'x ##[add-mask]pwned',
  '%0A::error::pwned%0D',
  '@pwned/team',
  'acme/web#1 GH-1 pwned',
  'https://pwned.example/?<b>',
  'www.pwned.example',
  'someone@pwned.example',
  '[pwned](javascript:alert(1))',
  '![pwned](//pwned.example)',
  '| pwned | x |',
  '\n# pwned\n',
  '**pwned** _x_ \\',
  '$`pwned`$ $$x$$',
  '&lt;pwned&gt;&#x202e;',
  '\u001b[2J\u001b[31mpwned',
  '\u001b]0;pwned\u0007',
  '\u009b31mpwned',
  'x\b\b\bpwned',
  '\u202epwned\u202c',
  '\u2066pwned\u2069',
  'pw\u200bned pwned',
  'pwned\u00ad\u3164',
  'pwned \u{e0041}',
  'EOF\nplan_digest=pwned\nchanges<<EOF',
  '{"pwned": [',
  "': pwned #",
  '- pwned: !x &y *z',
  '--- a/pwned\n+++ b/pwned\n@@ -1 +1 @@',
]

/** A text where a file system, or GitHub, lets no slash and no blank stand. */
function inOneWord(text: string): string {
  return text.replaceAll(/[/\s]/gu, '_')
}

/** A file name cannot hold a slash; all else it can. */
export function asFileName(text: string): string {
  return text.replaceAll('/', '_')
}

/** A text as a list or a source of the configuration can have it: braces mean placeholders there. */
export function unbraced(text: string): string {
  return text.replaceAll(/[{}]/g, '_')
}

/** A runner, or a group of them, has no blank at the ends of its name. */
export function asName(text: string): string {
  return text.replaceAll(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
}

/** The state of GitHub: every text as a name, and one group of each that no YAML mentions. */
export function hostileSeed(texts: readonly string[] = TEXTS): object {
  const entries = texts.map((text, index): [string, object] => [
    asName(text),
    {
      visibility: 'selected',
      repositories: index % 2 === 0 ? ['web'] : ['site'],
      runners: [asName(`${text} 1`)],
      restricted_to_workflows: true,
      selected_workflows: [workflow(text)],
    },
  ])
  const gone = texts.map((text, index): [string, object] => [
    asName(`gone ${text}`),
    { visibility: index % 2 === 0 ? 'all' : 'private', selected_workflows: [`${text} ${index}`] },
  ])
  return {
    product: 'ghec',
    organizations: {
      acme: {
        repositories: {
          web: { visibility: 'public' },
          site: {},
          api: {},
          admin: {
            default_branch: 'main',
            branches: { main: 'a'.repeat(40), topic: 'b'.repeat(40) },
            pull_requests: { 7: { head: { ref: 'topic', sha: 'b'.repeat(40) }, base: 'main' } },
          },
        },
        permissions: {
          allowed_actions: 'selected',
          selected_actions: { patterns_allowed: texts.map((text) => pattern('live', unbraced(text))) },
        },
        runners: Object.fromEntries(
          texts.flatMap((text) => [
            [asName(`${text} 1`), {}],
            [asName(`${unbraced(text)} 2`), {}],
          ]),
        ),
        runner_groups: Object.fromEntries([...entries, ...gone]),
        secrets: Object.fromEntries(texts.map((_, index) => [`LIVE_${index}`, { visibility: 'all', value: 'x' }])),
      },
    },
    tokens: { owner: {}, 'token-of-an-owner': {}, 'token-of-the-workflow': { workflow: 'acme/admin' } },
  }
}

/**
 * The configuration: each text in a file of its name, and as a name in it. Read with `--config octoform.yaml --config
 * teams`.
 */
export function hostileFiles(texts: readonly string[] = TEXTS): Record<string, string> {
  const files: Record<string, string> = {
    'octoform.yaml': yaml({
      version: 1,
      organizations: {
        acme: {
          permissions: {
            allowed_actions: 'selected',
            selected_actions: { patterns_allowed: texts.map((text) => pattern('wanted', unbraced(text))) },
          },
          runner_groups: {},
          prune: ['runner_groups/gone*'],
        },
      },
    }),
  }
  for (const [index, text] of texts.entries()) {
    const group = {
      visibility: 'selected',
      repositories: ['api', index % 2 === 0 ? 'site' : 'web', `missing-${index}`],
      runners: [asName(`${unbraced(text)} 2`), asName(`nowhere ${unbraced(text)}`)],
      restricted_to_workflows: true,
      selected_workflows: [`${workflow(unbraced(text))}2`],
    }
    const secret = {
      visibility: 'selected',
      repositories: ['web'],
      value: { file: `${asFileName(unbraced(text))}.key` },
    }
    const live = { visibility: 'all', value: secret.value }
    const secrets = { [`SECRET_${index}`]: secret, [`LIVE_${index}`]: live }
    const acme = { runner_groups: { [asName(text)]: group }, secrets }
    files[`teams/${asFileName(text)}.yaml`] = yaml({ organizations: { acme } })
  }
  return files
}

/** JSON is YAML, but for characters that JSON leaves unescaped. */
export function yaml(value: unknown): string {
  const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(value, undefined, 2).replaceAll(/[^\n\x20-\x7e]/g, escaped)
}

/** A pattern of actions: neither blank nor comma nor control character can stand in it. */
export function pattern(owner: string, text: string): string {
  return `${owner}/action@${inOneWord(text).replaceAll(/[,\p{Cc}]/gu, '_')}`
}

/** A workflow as GitHub names one: no blank and no further `@` can stand in it. */
function workflow(text: string): string {
  const word = inOneWord(text)
  return `acme/web/.github/workflows/${word.replaceAll('@', '')}.yml@refs/heads/${word}`
}
