
'use strict';
// The panel that takes a gradient apart. The address says which: #why=hidden.weight[0,1]&step=1, so that links, the back button and bookmarks work.
const { command, steps } = JSON.parse(document.getElementById('anatomies').textContent);
const panel = document.getElementById('why');
let opener = null;

function element(name, content, style) {
  const made = document.createElement(name);
  if (style) made.className = style;
  made.append(...[content].flat().filter(part => part !== null && part !== ''));
  return made;
}

// A symbol with its index below: δ1[0,1], ∂L/∂h_2 with the time step as t = 2, Wx.f[0,1].
function symbol(text) {
  const [, before, index, behind] = /^((?:∂L\/∂)?\p{L})(_?\d[\d′]*|(?<=W)[xh])((?:\.\w+)?(?:\[.*)?)$/u.exec(text) || [];
  return index ? [before, element('sub', index.replace('_', 't=')), behind] : [text];
}

function address(path, step) { return '#why=' + encodeURIComponent(path) + '&step=' + step; }

// What an address asks for: the path, and the step, which is the first where it is not said.
function askedBy(hash) {
  const asked = new URLSearchParams(hash.slice(1));
  return [asked.get('why'), asked.get('step') || Object.keys(steps)[0]];
}

// What leads to the anatomy of a path where the page has it, else plain text.
function link(content, path, step) {
  if (!path || !steps[step][path]) return element('span', content);
  const made = element('a', content);
  made.href = address(path, step);
  return made;
}

function termItem([from, factors, incoming, value, share, reason], step) {
  const product = factors.flatMap(([name, number], i) => [i ? ' × ' : '', ...symbol(name), ' = ' + number]);
  if (incoming) product.push(factors.length ? ' × ' : '', link([...symbol(incoming[0]), ' = ' + incoming[1]], incoming[2], step));
  if (product.length) product.push(' = ');
  product.push(element('strong', value));
  const bar = element('div', '', share.startsWith('−') ? 'share less' : 'share');
  bar.style.width = share.replace(/[−+ %]/g, '') + '%';
  return element('li', [
    element('div', [element('span', symbol(from)), element('span', reason ? '' : share)], 'from'),
    element('div', product, 'product'),
    reason ? element('div', reason, 'reason') : bar,
  ]);
}

function show(path, step) {
  const [name, label, value, after, gradient, terms, rest, total, rounding] = steps[step][path];
  const title = element('h2', ['Why ', ...symbol(name), label ? ' (' + label + ')' : '', ' = ' + gradient]);
  title.id = 'why-title';
  title.tabIndex = -1;
  const back = element('button', 'Back'), close = element('button', 'Close');
  back.onclick = () => history.back();
  close.onclick = shut;
  panel.replaceChildren(
    element('div', [back, close], 'bar'), title,
    element('p', ['∂L/∂', element('code', path), Object.keys(steps).length > 1 ? ' in step ' + step : ''], 'soft'),
    element('p', after === null ? 'the number itself: ' + value : 'before the update ' + value + ', after it ' + after),
    element('p', terms.length === 1 ? 'one term:' : terms.length + (rest ? ' largest terms:' : ' terms:'), 'soft'),
    element('ol', terms.map(term => termItem(term, step))),
    rest ? element('p', rest) : '',
    element('p', total.replace(/ {2,}/g, ' · '), 'total'),
    rounding ? element('p', rounding, 'soft') : '',
    element('p', element('code', command + (step === '1' ? '' : ' --steps ' + step + ' --at ' + step) + ' --why "' + path + '"'), 'soft'));
  panel.hidden = false;
  document.body.classList.add('asking');
  mark(path, terms.map(term => term[2] && term[2][2]), step);
  title.focus({ preventScroll: true });
  panel.scrollTop = 0;
}

// Marks the number that was asked for, and the gradients that come in.
function mark(path, incoming, step) {
  for (const old of document.querySelectorAll('.asked, .incoming')) old.classList.remove('asked', 'incoming');
  if (!path) return;
  for (const number of document.querySelectorAll('main a')) {
    const [target, of] = askedBy(number.getAttribute('href'));
    if (of !== step) continue;
    if (target === path) number.classList.add('asked');
    else if (incoming.includes(target)) number.classList.add('incoming');
  }
}

function shut() {
  // No element has this name: the page stays where it is.
  if (location.hash) location.hash = '#read';
  panel.hidden = true;
  document.body.classList.remove('asking');
  mark();
  if (opener && opener.isConnected) opener.focus({ preventScroll: true });
}

function follow() {
  const [path, step] = askedBy(location.hash);
  if (path && steps[step] && steps[step][path]) show(path, step);
  else if (!panel.hidden) shut();
}

addEventListener('click', event => {
  const link = event.target.closest('main a');
  if (link) opener = link;
});
addEventListener('hashchange', follow);
addEventListener('keydown', event => { if (event.key === 'Escape' && !panel.hidden) shut(); });

// Paper cannot be unfolded.
addEventListener('beforeprint', () => {
  for (const part of document.querySelectorAll('details:not([open])')) { part.open = true; part.dataset.shut = ''; }
});
addEventListener('afterprint', () => {
  for (const part of document.querySelectorAll('details[data-shut]')) { part.open = false; delete part.dataset.shut; }
});
follow();
