/** What processes use, as Linux tells it. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

const TICKS = Number(execFileSync('getconf', ['CLK_TCK']));

/** The fields of a process from its parent on; undefined when it is gone. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

const seconds = (stat, ...fields) =>
  fields.reduce((sum, field) => sum + Number(stat[field]), 0) / TICKS;

/** Seconds of processor time of a process with all its threads. */
export const cpuOf = (pid) => seconds(statOf(pid), 11, 12);

/** The same of PostgreSQL: its first process, those that it has ended, and those that run. */
export function cpuOfPostgres(pid) {
  let sum = seconds(statOf(pid), 11, 12, 13, 14);
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(name) : undefined;
    if (stat?.[1] === String(pid)) sum += seconds(stat, 11, 12);
  }
  return sum;
}

/** Megabytes that a process holds now, and the most it has held. */
export function memoryOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name) =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) / 1024);
  return { now: megabytes('VmRSS'), most: megabytes('VmHWM') };
}
