import { describe, expect, it } from 'vitest'
import { SetupError } from '../../src/core/setup-error.ts'
import { createHomeClient, HOME_ROUTES, homeCredential } from '../../src/github/home-client.ts'
import { issueAnswer, repositoryAnswer } from '../support/answers.ts'
import { rejection } from '../support/client-for.ts'
import { answerJson, type Reaction, serve } from '../support/scripted-server.ts'

const HOME = { owner: 'acme', repo: 'admin' }
const COMMENTS = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'

async function home(react: Reaction, repository = 'acme/admin') {
  const server = await serve(react)
  const client = createHomeClient({
    baseUrl: `${server.url}/api/v3`,
    userAgent: 'octoform/0.0.0-test',
    credential: homeCredential({ GITHUB_TOKEN: 'ghs_workflow00001' }),
    home: repository,
    admits: HOME_ROUTES,
    retryDelaysMs: [],
  })
  return { server, client }
}

describe('the credential of the repository', () => {
  it.each([
    [{ GITHUB_TOKEN: 'a', GH_TOKEN: 'b', OCTOFORM_TOKEN: 'c' }, 'GITHUB_TOKEN', 'a'],
    [{ GITHUB_TOKEN: '', GH_TOKEN: 'b', OCTOFORM_TOKEN: 'c' }, 'GH_TOKEN', 'b'],
    [{ OCTOFORM_TOKEN: 'c' }, 'OCTOFORM_TOKEN', 'c'],
  ])('of %j is from %s', async (env, from, token) => {
    const credential = homeCredential(env)
    expect(credential.from).toBe(from)
    expect(await credential.token()).toBe(token)
  })

  it('is asked for with the words of a workflow', () => {
    expect(() => homeCredential({ OCTOFORM_APP_ID: '11' })).toThrow(SetupError)
    // biome-ignore lint/suspicious/noTemplateCurlyInString: workflows write it so.
    expect(() => homeCredential({})).toThrow('`env: { GITHUB_TOKEN: "${{ github.token }}" }`')
  })
})

describe('the client of the repository', () => {
  it.each(['admin', 'acme/', '/admin', 'acme/admin/x', 'acme/..', 'a b/c', ''])('is not made for %j', async (name) => {
    await expect(home(() => {}, name)).rejects.toThrow(/is not a repository: write OWNER\/NAME\.$/)
  })

  it('reads and writes there', async () => {
    const { server, client } = await home(({ method }, response) => {
      if (method === 'POST') answerJson(response, 201, issueAnswer(1))
      else answerJson(response, 200, repositoryAnswer('acme/admin'))
    })
    await client.request('POST /repos/{owner}/{repo}/issues', HOME, { title: 'Drift' })
    await client.request('GET /repos/{owner}/{repo}', HOME)
    expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/v3/repos/acme/admin/issues',
      'GET /api/v3/repos/acme/admin',
    ])
  })

  it('asks for no credential and sends nothing for what it may not do', async () => {
    const server = await serve((_, response) => answerJson(response, 200, {}))
    let asked = 0
    const client = createHomeClient({
      baseUrl: server.url,
      userAgent: 'octoform/0.0.0-test',
      credential: {
        from: 'GITHUB_TOKEN',
        repositories: 'all',
        account: 'ghs_workflow00001',
        token: async () => {
          asked += 1
          return 'ghs_workflow00001'
        },
      },
      home: 'acme/admin',
      admits: HOME_ROUTES,
    })
    const elsewhere = { owner: 'acme', repo: 'web' }
    const tries = [
      client.request('POST /repos/{owner}/{repo}/issues', elsewhere, {}),
      client.request('GET /repos/{owner}/{repo}', elsewhere),
      client.request('PUT /orgs/{org}/actions/permissions', { org: 'acme' }, {}),
      client.paginate('GET /orgs/{org}/actions/secrets', { org: 'acme' }, 'secrets', 100),
      client.graphql('mutation { deleteIssue }', {}),
    ]
    for (const each of tries) await expect(each).rejects.toThrow('on a client for acme/admin alone. Nothing was sent.')
    expect(server.seen).toEqual([])
    expect(asked).toBe(0)
  })

  it('follows pages that name the repository by its id, and stays with its name', async () => {
    const { server, client } = await home(({ path }, response) => {
      const next = `<http://${response.req.headers.host}/api/v3/repositories/5/issues/7/comments?page=2>; rel="next"`
      const more = path.includes('page=2&') || path.endsWith('page=2') ? {} : { link: next }
      answerJson(response, 200, [{ id: path.length, node_id: 'c', user: null }], more)
    })
    const found = await client.paginate(COMMENTS, { ...HOME, issue_number: 7 }, null, 100)
    expect(found).toHaveLength(2)
    expect(server.seen.map(({ path }) => path)).toEqual([
      '/api/v3/repos/acme/admin/issues/7/comments?per_page=100',
      '/api/v3/repos/acme/admin/issues/7/comments?page=2',
    ])
  })

  it.each(['/api/v3/repositories/5/issues/8/comments?page=2', '/api/v3/repos/evil/admin/issues/7/comments?page=2'])(
    'does not follow a page to %s',
    async (next) => {
      const { server, client } = await home((_, response) => {
        answerJson(response, 200, [], { link: `<http://${response.req.headers.host}${next}>; rel="next"` })
      })
      const reading = client.paginate(COMMENTS, { ...HOME, issue_number: 7 }, null, 100)
      await expect(reading).rejects.toThrow('which is another list')
      expect(server.seen).toHaveLength(1)
    },
  )

  it.each([
    ['GET /repos/{owner}/{repo}', 301, 'forbidden'],
    ['POST /repos/{owner}/{repo}/issues', 307, 'refused'],
  ] as const)('does not follow %s to where the repository went', async (route, status, kind) => {
    const { server, client } = await home((_, response) => {
      response.writeHead(status, { location: '/api/v3/repositories/5' }).end()
    })
    const error = await rejection(client.request(route, HOME, status === 307 ? {} : undefined))
    expect(error.kind).toBe(kind)
    expect(error.message).toContain('If the repository was renamed or transferred, give its new name.')
    expect(server.seen).toHaveLength(1)
  })
})
