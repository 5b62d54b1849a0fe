// What a page does by itself: the menu on a phone, copying code, and the search. Without it every page can be read.
import MiniSearch from 'minisearch'
import { OPTIONS } from './search-index.mjs'

const root = document.currentScript.dataset.root
const byId = (id) => document.getElementById(id)

addMenu()
showPlace()
addCopying()
addSearch()

function addMenu() {
  const button = byId('menu')
  button.hidden = false
  document.documentElement.classList.add('scripted')
  button.addEventListener('click', () => {
    const isOpen = document.documentElement.classList.toggle('menu-open')
    button.setAttribute('aria-expanded', String(isOpen))
    if (isOpen) byId('nav').querySelector('a').focus()
  })
}

/** The sidebar is longer than a screen: the page that is open is shown in it. */
function showPlace() {
  const nav = byId('nav')
  const here = nav.querySelector('[aria-current]')
  if (here !== null && here.offsetTop > nav.clientHeight - 80) nav.scrollTop = here.offsetTop - nav.clientHeight / 2
}

function addCopying() {
  for (const code of document.querySelectorAll('pre.code')) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'copy'
    button.textContent = 'Copy'
    button.setAttribute('aria-label', 'Copy this code')
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(code.textContent)
      button.textContent = 'Copied'
      setTimeout(() => {
        button.textContent = 'Copy'
      }, 1500)
    })
    const holder = document.createElement('div')
    holder.className = 'with-copy'
    code.replaceWith(holder)
    holder.append(code, button)
  }
}

function addSearch() {
  const form = byId('search')
  const input = byId('query')
  const results = byId('results')
  const found = byId('found')
  const told = byId('told')
  form.hidden = false
  let index
  const load = () => {
    index ??= new Promise((done) => {
      const script = document.createElement('script')
      script.src = `${root}search-index.js`
      script.addEventListener('load', () => done(MiniSearch.loadJSON(globalThis.octoformSearch, OPTIONS)))
      document.head.append(script)
    })
    return index
  }
  /** All words; of a message that was pasted with its names, as many as there are. The log of changes comes last. */
  const found20 = (made, words) => {
    const how = {
      prefix: true,
      fuzzy: 0.1,
      boost: { title: 3, page: 2 },
      boostDocument: (_, __, { href }) => weightOf(href),
    }
    const every = made.search(words, { ...how, combineWith: 'AND' })
    return (every.length > 0 ? every : made.search(words, how)).slice(0, 20)
  }
  const weightOf = (href) => (/^(changelog|coverage|architecture|contributing|examples)/.test(href) ? 0.4 : 1)
  const close = () => {
    results.hidden = true
    told.textContent = ''
  }
  const show = async () => {
    const words = input.value.trim()
    if (words === '') return close()
    const hits = found20(await load(), words)
    if (words !== input.value.trim()) return
    found.replaceChildren(...hits.map(itemOf))
    told.textContent = hits.length === 0 ? `Nothing is found for “${words}”.` : `${hits.length} found`
    results.hidden = false
  }
  input.addEventListener('focus', load, { once: true })
  input.addEventListener('input', show)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    found.querySelector('a')?.click()
  })
  document.addEventListener('keydown', (event) => {
    const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)
    if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      input.focus()
    } else if (event.key === 'Escape' && !results.hidden) {
      close()
      input.focus()
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !results.hidden) {
      move(event)
    }
  })
  document.addEventListener('click', (event) => {
    if (!form.contains(event.target)) close()
  })

  /** Arrows go through the results, and back to the field. */
  function move(event) {
    const stops = [input, ...found.querySelectorAll('a')]
    const at = stops.indexOf(document.activeElement)
    if (at < 0) return
    event.preventDefault()
    stops[Math.min(Math.max(at + (event.key === 'ArrowDown' ? 1 : -1), 0), stops.length - 1)].focus()
  }

  function itemOf({ title, page, href }) {
    const link = document.createElement('a')
    link.href = root + href
    link.append(span('hit', title), ...(page === '' ? [] : [span('in', page)]))
    link.addEventListener('click', close)
    const item = document.createElement('li')
    item.append(link)
    return item
  }

  function span(name, text) {
    const made = document.createElement('span')
    made.className = name
    made.textContent = text
    return made
  }
}
