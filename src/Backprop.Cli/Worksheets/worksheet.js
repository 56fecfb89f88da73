const sheet = JSON.parse(document.getElementById('sheet').textContent);
const fields = [...document.querySelectorAll('input[data-blank]')];
const learner = document.getElementById('learner');
const say = text => { document.getElementById('note').textContent = text; };

document.getElementById('save').addEventListener('click', () => {
  const answers = fields.filter(field => field.value.trim()).map(field => ({ blank: Number(field.dataset.blank), value: field.value.trim() }));
  const text = JSON.stringify({ ...sheet, learner: learner.value.trim(), answers }, null, 2) + '\n';
  const name = learner.value.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = `${name || 'answers'}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  say(`${answers.length} of ${fields.length} answers saved as ${link.download}`);
});

document.getElementById('load').addEventListener('change', async event => {
  const [file] = event.target.files;
  event.target.value = '';
  if (!file) return;
  try {
    const saved = JSON.parse(await file.text());
    if (saved.format !== sheet.format || saved.worksheet !== sheet.worksheet) return say(`${file.name} does not belong to this worksheet`);
    fields.forEach(field => { field.value = saved.answers.find(answer => answer.blank === Number(field.dataset.blank))?.value ?? ''; });
    learner.value = saved.learner ?? '';
    say(`${saved.answers.length} answers loaded from ${file.name}`);
  } catch {
    say(`${file.name} is not a file of answers`);
  }
});

document.getElementById('print').addEventListener('click', () => window.print());

// Enter goes on to the next blank.
fields.forEach((field, i) => field.addEventListener('keydown', event => {
  if (event.key === 'Enter') (fields[i + 1] ?? document.getElementById('save')).focus();
}));
