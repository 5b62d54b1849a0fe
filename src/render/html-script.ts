import { MATRIX_SCRIPT } from './html-script-matrix.ts'
import { LEVEL_PATTERNS } from './level-patterns.ts'

/**
 * The script that filters the changes and the tables of a page. It takes all its facts from the document, so that it is the same text,
 * with the same hash, in every page.
 */
export const SCRIPT = `'use strict';
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const put = (element, hidden) => { if (element.hidden !== hidden) element.hidden = hidden; };
  const words = (number) => number.toLocaleString('en-US');
  const changes = (number) => words(number) + (number === 1 ? ' change' : ' changes');

  const levels = {
${LEVEL_PATTERNS.map(({ name, source }) => `    ${name}: new RegExp('${source}'),`).join('\n')}
  };
  const scopeTest = (choice) => {
    const [kind, ...rest] = choice.split(' ');
    const wanted = rest.join(' ');
    if (kind === 'is') return (scope) => scope === wanted;
    if (kind === 'all') return (scope) => levels[wanted].test(scope);
    // An owner with a slash is the address of an enterprise, which has no scope but its own.
    if (kind === 'of') return (scope) => scope === wanted || (scope.split('/')[1] === wanted && !levels.enterprises.test(scope));
    return () => true;
  };

  const filterChanges = (form, matrices) => {
    // Read at the first choice: to open 5,000 changes must not wait for it.
    const read = () => {
      const rows = all('li.change').map((element) => ({
        element,
        text: undefined,
        section: element.closest('section'),
        scopes: element.dataset.scopes.split(' '),
        names: all(':scope > details li', element),
        count: Number(element.dataset.count),
        size: Number(element.dataset.size),
      }));
      const sections = new Map(rows.map(({ section }) => [section, section.querySelector('h2 .n')]));
      return { rows, sections, total: rows.reduce((sum, { count }) => sum + count, 0) };
    };
    let known;
    const field = (id) => document.getElementById(id);

    const run = () => {
      known ??= read();
      const { rows, sections, total } = known;
      const find = field('find').value.trim().toLowerCase();
      const inScope = scopeTest(field('scope').value);
      const [family, action] = ['family', 'action'].map((id) => field(id).value.slice(3));
      const perSection = new Map();
      let shown = 0;
      for (const row of rows) {
        const { element, section, scopes, names } = row;
        const reached = scopes.filter(inScope);
        let passes = reached.length > 0;
        passes &&= family === '' || element.dataset.family === family;
        passes &&= action === '' || element.dataset.action === action;
        if (passes && find !== '') {
          row.text ??= element.textContent.toLowerCase();
          passes = row.text.includes(find);
        }
        put(element, !passes);
        if (!passes) continue;
        const perScope = names.length > 0 && names.length === scopes.length;
        if (perScope) names.forEach((name, index) => put(name, !inScope(scopes[index])));
        const size = perScope && reached.length < scopes.length ? reached.length : row.size;
        shown += row.count === 0 ? 0 : size;
        perSection.set(section, (perSection.get(section) ?? 0) + size);
      }
      for (const [section, label] of sections) {
        const left = perSection.get(section) ?? 0;
        put(section, left === 0);
        label.textContent = changes(left);
      }
      field('shown').textContent = shown === total ? changes(total) : words(shown) + ' of ' + changes(total);
      put(field('nothing'), perSection.size > 0);
      const isOne = field('scope').value.startsWith('is ');
      for (const filter of matrices) filter({ find, inScope, isOne, family, action });
    };

    form.addEventListener('input', run);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('reset', () => setTimeout(run));
    document.addEventListener('keydown', (event) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input, select')) return;
      event.preventDefault();
      field('find').focus();
    });
    put(form, false);
    // A browser that comes back to a page may have kept what was chosen.
    if (all('input, select', form).some(({ value }) => value !== '')) run();
  };
${MATRIX_SCRIPT}
  const form = document.getElementById('filter');
  const matrices = all('.matrix').map(openMatrix);
  if (form) filterChanges(form, matrices);
})();
`
