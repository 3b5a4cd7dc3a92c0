/** The page's script. It only adds search; everything else works without it. */
export const SCRIPT = `
(() => {
  const form = document.querySelector('.search');
  const input = form.querySelector('input');
  const output = form.querySelector('output');
  const rows = [...document.querySelectorAll('[data-row]')].map((row) => [row, row.textContent.toLowerCase()]);
  const folds = [...document.querySelectorAll('details[data-fold]')].map((fold) => [fold, fold.open]);
  const sections = [...document.querySelectorAll('section')].filter((section) => section.querySelector('[data-row]')).map((section) => {
    const none = document.createElement('p');
    none.className = 'card';
    none.hidden = true;
    none.textContent = 'Nothing here fits the search.';
    section.append(none);
    return [section, none];
  });
  form.hidden = false;
  const search = () => {
    const words = input.value.toLowerCase().split(' ').filter((word) => word !== '');
    let shown = 0;
    for (const [row, text] of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    for (const [section, none] of sections) {
      none.hidden = section.querySelector('[data-row]:not([hidden])') !== null;
    }
    for (const [fold, open] of folds) {
      fold.open = words.length === 0 ? open : fold.querySelector('[data-row]:not([hidden])') !== null;
    }
    output.textContent = words.length === 0 ? '' : shown + ' of ' + rows.length;
  };
  input.addEventListener('input', search);
  form.addEventListener('submit', (event) => event.preventDefault());
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest('input')) {
      event.preventDefault();
      input.focus();
    }
    if (event.key === 'Escape' && event.target === input) {
      input.value = '';
      search();
    }
  });
  const unfold = () => {
    for (let place = document.getElementById(location.hash.slice(1)); place; place = place.parentElement) {
      if (place.tagName === 'DETAILS') place.open = true;
    }
  };
  addEventListener('hashchange', unfold);
  document.addEventListener('click', (event) => event.target.closest('a[href^="#"]') && setTimeout(unfold));
  addEventListener('beforeprint', () => document.querySelectorAll('details').forEach((fold) => (fold.open = true)));
  unfold();
})();
`;
