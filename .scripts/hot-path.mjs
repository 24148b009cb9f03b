// Injected into every entry of the bundle, so that what the quickest commands load lands in one chunk:
// each file more costs Node half a millisecond and more to find, read and link.
import '../src/commands/map/translation-json.ts';
import '../src/commands/map/map-words.ts';
import '../src/main.ts';
import '../src/terminal/marks.ts';
import '../src/terminal/table.ts';
import './string-width.cjs';
