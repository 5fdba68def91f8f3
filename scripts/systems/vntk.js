// Reads a JSON array of sentences from its standard input and writes, for each, its words with
// their tags, [[word, tag], …], as vntk's recogniser gives them.
'use strict';

const ner = require('vntk/lib/ner');
const fs = require('fs');

const sentences = JSON.parse(fs.readFileSync(0, 'utf8'));
const tagged = sentences.map((sentence) => ner.tag(sentence).map((word) => [word[0], word[3]]));
process.stdout.write(JSON.stringify(tagged));
