import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, steadyClock } from './clock';

const START = Date.UTC(2026, 10, 2, 9);

/** A machine whose clock can be set, with the real time that passes. */
function useMachine(notBefore?: number) {
  let time = START;
  let passed = 0;
  const clock = steadyClock({ now: () => time, elapsed: () => passed }, notBefore);
  return {
    clock,
    set: (ms: number) => {
      time = ms;
    },
    wait: (ms: number) => {
      time += ms;
      passed += ms;
    },
  };
}

it('is the time of the machine', () => {
  const { clock, wait, set } = useMachine();
  expect(clock.now()).toBe(START);
  wait(MINUTE);
  expect(clock.now()).toBe(START + MINUTE);
  set(START + 3 * DAY);
  expect(clock.now()).toBe(START + 3 * DAY);
});

it('goes on, half as fast, when the clock is set back, until that has caught up', () => {
  const { clock, wait, set } = useMachine();
  clock.now();
  set(START - HOUR);
  expect(clock.now()).toBe(START);
  wait(HOUR);
  expect(clock.now()).toBe(START + HOUR / 2);
  wait(HOUR);
  expect(clock.now()).toBe(START + HOUR);
  wait(MINUTE);
  expect(clock.now()).toBe(START + HOUR + MINUTE);
});

it('stands still where it cannot tell how much time has passed', () => {
  let time = START;
  const clock = steadyClock({ now: () => time });
  clock.now();
  time -= HOUR;
  expect(clock.now()).toBe(START);
  time += 2 * HOUR;
  expect(clock.now()).toBe(START + HOUR);
});

it('does not go back before a time that was reached earlier', () => {
  const { clock, wait } = useMachine(START + HOUR);
  expect(clock.now()).toBe(START + HOUR);
  wait(MINUTE);
  expect(clock.now()).toBe(START + HOUR + MINUTE / 2);
});

it('follows a step of a day: the time before was wrong', () => {
  const { clock, set } = useMachine(START + DAY);
  expect(clock.now()).toBe(START);
  set(START - DAY);
  expect(clock.now()).toBe(START - DAY);
});
