// Reads calendars, one JSON string a line, and writes what ical.js makes of each: its occurrences, by UID.
import { createInterface } from "node:readline";
import ICAL from "ical.js";

const MOST = 3000;

const instant = (time) => (time.isDate ? time.toString() : time.toJSDate().toISOString().replace(".000Z", "Z"));

const occurrences = (text) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const events = calendar.getAllSubcomponents("vevent").map((component) => new ICAL.Event(component, { exceptions: [] })); // by itself it takes those of other events too
  const found = {};
  for (const master of events.filter((event) => !event.isRecurrenceException())) {
    for (const other of events) {
      if (other.isRecurrenceException() && other.uid === master.uid) master.relateException(other);
    }
    const status = (item) => item.component.getFirstPropertyValue("status");
    const list = (found[master.uid] = []);
    const add = (item, startDate, endDate) => list.push([instant(startDate), instant(endDate), status(item)]);
    if (!master.isRecurring()) {
      add(master, master.startDate, master.endDate);
      continue;
    }
    const iterator = master.iterator();
    for (let next = iterator.next(); next && list.length < MOST; next = iterator.next()) {
      const { item, startDate, endDate } = master.getOccurrenceDetails(next);
      add(item, startDate, endDate);
      if (startDate.year > new Date().getFullYear() + 12) break;
    }
  }
  return found;
};

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = { found: occurrences(JSON.parse(line)) };
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
