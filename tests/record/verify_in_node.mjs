// Runs the page's own checks on receipts given as JSON lines; answers with the steps, a line each.
import { pathToFileURL } from "node:url";
import { createInterface } from "node:readline";

const { checkReceipt, readReceipt } = await import(pathToFileURL(process.argv[2]));
for await (const line of createInterface({ input: process.stdin })) {
  try {
    console.log(JSON.stringify(await checkReceipt(readReceipt(line))));
  } catch {
    console.log('"unreadable"');
  }
}
