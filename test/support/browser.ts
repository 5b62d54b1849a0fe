import { accessSync, constants } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { onTestFinished } from 'vitest'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Sandbox and GPU are not to be had in containers; everything else keeps the browser from talking by itself. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A page that was opened from a file, and everything that it did beside showing itself. */
export interface OpenedPage {
  readonly page: Page
  /** Errors, violations of its policy and all other output on the console. */
  readonly said: readonly string[]
  /** Its requests, the file itself included. */
  readonly requests: readonly string[]
  readonly url: string
  /** Milliseconds until it was loaded. */
  readonly took: number
}

export interface TestBrowser {
  open(html: string): Promise<OpenedPage>
  /** A page that is on disk already. */
  visit(path: string): Promise<OpenedPage>
  close(): Promise<void>
}

/**
 * Starts the browser with a profile of its own, which is deleted with it.
 * @throws where there is no browser: an unchecked page does not pass
 */
export async function startBrowser(
  colorScheme: 'light' | 'dark',
  viewport: { readonly width: number; readonly height: number } = { width: 1280, height: 900 },
): Promise<TestBrowser> {
  try {
    accessSync(CHROMIUM, constants.X_OK)
  } catch {
    throw new Error(
      `There is no Chromium at ${CHROMIUM}. Run sh scripts/chromium.sh, which installs it, or name another by CHROMIUM=PATH.`,
    )
  }
  const folder = await mkdtemp(join(tmpdir(), 'octoform-browser-'))
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: CHROMIUM,
    headless: true,
    args: ARGS,
    colorScheme,
    viewport,
  })
  return {
    open: async (html) => {
      const path = join(folder, 'page.html')
      await writeFile(path, html)
      return openPage(context, path)
    },
    visit: async (path) => openPage(context, path),
    async close() {
      await context.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function openPage(context: BrowserContext, path: string): Promise<OpenedPage> {
  const page = await context.newPage()
  onTestFinished(() => page.close())
  const said: string[] = []
  const requests: string[] = []
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => said.push(`error: ${error.message}`))
  page.on('dialog', (dialog) => {
    said.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('popup', () => said.push('popup'))
  page.on('request', (request) => requests.push(request.url()))
  const url = pathToFileURL(path).href
  const started = performance.now()
  await page.goto(url)
  return { page, said, requests, url, took: performance.now() - started }
}
