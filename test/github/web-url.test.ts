import { expect, it } from 'vitest'
import { webUrl } from '../../src/github/web-url.ts'

it.each([
  ['https://api.github.com', 'https://github.com'],
  ['https://github.example.com/api/v3', 'https://github.example.com'],
  ['https://github.example.com:8443/api/v3', 'https://github.example.com:8443'],
  ['https://api.acme.ghe.com', 'https://acme.ghe.com'],
  ['https://api.ghae.example.com', 'https://ghae.example.com'],
  ['http://127.0.0.1:9', 'http://127.0.0.1:9'],
  ['http://127.0.0.1:9/api/v3', 'http://127.0.0.1:9'],
])('people look at what %s gives on %s', (api, web) => {
  expect(webUrl(api)).toBe(web)
})
