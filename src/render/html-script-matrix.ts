import { CELL_MARKUP } from './html-matrix-cells.ts'

/**
 * The part of the page's script that filters the tables of access, and draws those that are too large to be written: a
 * hundred rows and forty columns at a time.
 */
export const MATRIX_SCRIPT = `
  const CELLS = ${JSON.stringify(CELL_MARKUP)};
  const SIZE = { rows: 100, columns: 40 };

  const openMatrix = (matrix) => {
    const part = (selector) => matrix.querySelector(selector);
    const isDrawn = matrix.classList.contains('drawn');
    const isSame = (element) => element.classList.contains('same');
    const rows = all('tr[data-cells]', matrix).map((element) => ({
      element,
      ...element.dataset,
      find: element.dataset.address.toLowerCase(),
      name: element.cells[0].textContent.toLowerCase(),
      isSame: isSame(element),
    }));
    const columns = all('.columns li', matrix).map(({ dataset, classList }, index) => ({
      index,
      first: dataset.first,
      count: Number(dataset.count),
      find: dataset.names.toLowerCase(),
      scopes: dataset.scopes.split(' '),
      isPublic: classList.contains('open'),
      isSame: classList.contains('same'),
    }));
    const [only, ofRow, ofColumn] = ['.only', '.find-row', '.find-column'].map(part);
    const at = { rows: 0, columns: 0 };
    let query = { find: '', isOne: false, inScope: () => true, family: '', action: '' };
    let chosen = { rows, columns };

    // A row stays with the columns that it reaches, and a column with the rows that reach it.
    const choose = () => {
      const { find, isOne, inScope, family, action } = query;
      const [row, column] = [ofRow, ofColumn].map((field) => field.value.trim().toLowerCase());
      const changes = only.checked;
      const reaches = (row, columns) => columns.some(({ index }) => row.cells[index] !== '0');
      const isReached = ({ index }, rows) => rows.some((row) => row.cells[index] !== '0');
      const one = isOne ? columns.filter(({ scopes }) => scopes.some(inScope)) : [];
      let [shownRows, shownColumns] = [rows, one.length > 0 ? one : columns];
      if (one.length > 0) shownRows = rows.filter((each) => inScope(each.scope) || reaches(each, one));
      else shownRows = rows.filter((each) => inScope(each.scope));
      if (family !== '') shownRows = shownRows.filter((each) => each.family === family);
      if (action !== '') shownRows = shownRows.filter((each) => each.action === action);
      if (find !== '') {
        const [some, few] = [shownRows.filter((each) => each.find.includes(find)), shownColumns.filter((each) => each.find.includes(find))];
        const [byRow, byColumn] = [new Set(some), new Set(few)];
        shownRows = shownRows.filter((each) => byRow.has(each) || reaches(each, few));
        shownColumns = shownColumns.filter((each) => byColumn.has(each) || isReached(each, some));
      } else if (shownRows.length < rows.length && one.length === 0) {
        shownColumns = shownColumns.filter((each) => isReached(each, shownRows));
      }
      if (changes) [shownRows, shownColumns] = [shownRows, shownColumns].map((each) => each.filter(({ isSame }) => !isSame));
      if (row !== '') shownRows = shownRows.filter((each) => each.name.includes(row));
      if (column !== '') shownColumns = shownColumns.filter((each) => each.find.includes(column));
      return { rows: shownRows, columns: shownColumns };
    };

    const heads = all('thead th.col', matrix);
    const isHidden = heads.map(() => false);
    const hideCells = () => {
      const kept = new Set(chosen.columns.map(({ index }) => index));
      heads.forEach((head, index) => {
        if (isHidden[index] === !kept.has(index)) return;
        isHidden[index] = !kept.has(index);
        put(head, isHidden[index]);
        for (const { element } of rows) put(element.cells[index + 2], isHidden[index]);
      });
    };

    const headOf = ({ first, count, isPublic }) => {
      const head = document.createElement('th');
      head.scope = 'col';
      head.className = 'col';
      head.title = first;
      const text = head.appendChild(document.createElement('span'));
      if (isPublic) {
        const pill = text.appendChild(document.createElement('strong'));
        pill.className = 'pill public';
        pill.textContent = 'public';
        text.append(' ');
      }
      text.appendChild(document.createElement('code')).textContent = first;
      if (count > 1) text.appendChild(document.createElement('b')).textContent = ' and ' + words(count - 1) + ' more';
      return head;
    };
    const drawn = [];
    const drawCells = () => {
      for (const element of drawn.splice(0)) while (element.cells.length > 2) element.lastElementChild.remove();
      const seen = chosen.columns.slice(at.columns, at.columns + SIZE.columns);
      const top = part('thead tr');
      while (top.cells.length > 2) top.lastElementChild.remove();
      top.append(...seen.map(headOf));
      for (const { element, cells } of chosen.rows.slice(at.rows, at.rows + SIZE.rows)) {
        element.insertAdjacentHTML('beforeend', seen.map(({ index }) => CELLS[cells[index]]).join(''));
        drawn.push(element);
      }
      for (const family of all('.family th', matrix)) family.colSpan = seen.length + 2;
    };

    const show = () => {
      const { rows: kept, columns: left } = chosen;
      const seen = new Set((isDrawn ? kept.slice(at.rows, at.rows + SIZE.rows) : kept).map(({ element }) => element));
      for (const { element } of rows) put(element, !seen.has(element));
      for (const body of all('tbody', matrix)) put(body, ![...body.rows].some((row) => seen.has(row)));
      if (isDrawn) drawCells();
      else hideCells();
      const isEmpty = kept.length === 0 || left.length === 0;
      put(part('.empty'), !isEmpty);
      put(part('.narrow'), !only.checked);
      put(part('.scroll'), isEmpty);
      const before = (count) => left.slice(0, count).reduce((sum, each) => sum + each.count, 0);
      const ends = isDrawn ? { rows: Math.min(at.rows + SIZE.rows, kept.length), columns: Math.min(at.columns + SIZE.columns, left.length) } : { rows: kept.length, columns: left.length };
      const span = (from, to, passing, total, one, many) => {
        if (from > 0 || to < passing) return many + ' ' + words(from + 1) + ' to ' + words(to) + ' of ' + words(passing);
        return passing < total ? words(passing) + ' of ' + words(total) + ' ' + many : words(total) + ' ' + (total === 1 ? one : many);
      };
      const total = columns.reduce((sum, { count }) => sum + count, 0);
      part('.part').textContent = 'Shown: ' + span(at.rows, ends.rows, kept.length, rows.length, 'row', 'rows') + ', ' + span(before(at.columns), before(ends.columns), before(left.length), total, matrix.dataset.one, matrix.dataset.many);
      for (const button of all('.turn button', matrix)) {
        const [what, way] = button.dataset.rows ? ['rows', button.dataset.rows] : ['columns', button.dataset.columns];
        button.disabled = way === '1' ? at[what] + SIZE[what] >= chosen[what].length : at[what] === 0;
        put(button, chosen[what].length <= SIZE[what]);
      }
    };
    const again = () => {
      chosen = choose();
      at.rows = at.columns = 0;
      show();
    };

    for (const field of [only, ofRow, ofColumn]) field.addEventListener('input', again);
    for (const button of all('.turn button', matrix)) {
      button.addEventListener('click', () => {
        const what = button.dataset.rows ? 'rows' : 'columns';
        at[what] += Number(button.dataset[what]) * SIZE[what];
        show();
        // A button that is disabled while it has the focus would take the focus away with it.
        if (button.disabled) all('.turn button', matrix).find((each) => !each.disabled && !each.hidden)?.focus();
      });
    }
    for (const label of all('.scripted', matrix)) put(label, false);
    for (const text of all('.unscripted', matrix)) put(text, true);
    again();
    return (asked) => {
      query = asked;
      again();
    };
  };
`
