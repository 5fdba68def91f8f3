// Reads {sentences, moments} as JSON from its standard input and writes, for each sentence, what
// chrono finds in it: [start, end, kind, [value, value]], half-open in code points, with its value
// in each of the two moments; null for a span of time, of which chrono gives both ends.
'use strict';

const chrono = require('chrono-node');
const fs = require('fs');

const two = (number) => String(number).padStart(2, '0');

function value(time) {
  const day = `${time.get('year')}-${two(time.get('month'))}-${two(time.get('day'))}`;
  if (time.isCertain('hour')) return `${day}T${two(time.get('hour'))}:${two(time.get('minute'))}`;
  if (time.isCertain('day') || time.isCertain('weekday')) return day;
  return time.isCertain('month') ? day.slice(0, 7) : day.slice(0, 4);
}

function found(sentence, moments) {
  const [first, last] = moments.map((moment) =>
    chrono.vi.casual.parse(sentence, { instant: new Date(moment), timezone: 0 }));
  return first.map((one) => {
    const other = last.find((each) => each.index === one.index && each.text === one.text);
    const start = [...sentence.slice(0, one.index)].length;
    const isPoint = other !== undefined && !one.end && !other.end;
    return [
      start,
      start + [...one.text].length,
      one.start.isCertain('hour') ? 'TIME' : 'DATE',
      isPoint ? [value(one.start), value(other.start)] : null,
    ];
  });
}

const { sentences, moments } = JSON.parse(fs.readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(sentences.map((sentence) => found(sentence, moments))));
