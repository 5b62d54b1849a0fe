import { LEVEL_PATTERNS } from './level-patterns.ts'

/**
 * The script that filters the changes of a page. It takes all its facts from the document, so that it is the same text,
 * with the same hash, in every page.
 */
export const SCRIPT = `'use strict';
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const put = (element, hidden) => { if (element.hidden !== hidden) element.hidden = hidden; };
  const words = (number) => number.toLocaleString('en-US');

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

  const filterChanges = (form) => {
    const rows = all('li.change').map((element) => ({
      element,
      text: undefined,
      section: element.closest('section'),
      scopes: element.dataset.scopes.split(' '),
      names: all(':scope > details li', element),
      count: Number(element.dataset.count),
    }));
    const sections = new Map(rows.map(({ section }) => [section, section.querySelector('h2 .n')]));
    const total = rows.reduce((sum, { count }) => sum + count, 0);
    const field = (id) => document.getElementById(id);

    const run = () => {
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
        const size = perScope && reached.length < scopes.length ? reached.length : row.count;
        shown += row.count === 0 ? 0 : size;
        perSection.set(section, (perSection.get(section) ?? 0) + 1);
      }
      for (const [section, label] of sections) {
        const left = perSection.get(section) ?? 0;
        put(section, left === 0);
        label.textContent = words(left);
      }
      field('shown').textContent = shown === total ? words(total) + ' changes' : words(shown) + ' of ' + words(total) + ' changes';
      put(field('nothing'), perSection.size > 0);
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
    run();
  };

  const filterMatrix = (matrix) => {
    const [ofRow, ofColumn] = [matrix.querySelector('.find-row'), matrix.querySelector('.find-column')];
    const heads = all('thead th[data-names]', matrix);
    const rows = all('tbody tr:not(.family)', matrix);
    const shown = heads.map(() => true);
    ofRow.addEventListener('input', () => {
      const find = ofRow.value.trim().toLowerCase();
      for (const row of rows) put(row, !row.cells[0].textContent.toLowerCase().includes(find));
    });
    ofColumn.addEventListener('input', () => {
      const find = ofColumn.value.trim().toLowerCase();
      heads.forEach((head, index) => {
        const passes = head.dataset.names.toLowerCase().includes(find);
        if (shown[index] === passes) return;
        shown[index] = passes;
        put(head, !passes);
        for (const row of rows) put(row.cells[index + 2], !passes);
      });
    });
    for (const label of all('.scripted', matrix)) put(label, false);
  };

  const form = document.getElementById('filter');
  if (form) filterChanges(form);
  for (const matrix of all('.matrix')) filterMatrix(matrix);
})();
`
