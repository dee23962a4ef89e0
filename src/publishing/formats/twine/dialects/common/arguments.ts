/** The code of each argument: commas within brackets and quotes do not count. */
export function argumentsIn(code: string): string[] {
  const args: string[] = [];
  let [depth, start] = [0, 0];
  let quote = '';
  for (let i = 0; i < code.length; i++) {
    const character = code[i]!;
    if (quote !== '') {
      if (character === '\\') i += 1;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (/[([{]/.test(character)) depth += 1;
    else if (/[)\]}]/.test(character)) depth -= 1;
    else if (character === ',' && depth === 0) {
      args.push(code.slice(start, i).trim());
      start = i + 1;
    }
  }
  const last = code.slice(start).trim();
  return last === '' ? args : [...args, last];
}
