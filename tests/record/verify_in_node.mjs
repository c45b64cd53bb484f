// Runs the page's own checks on receipts, and on proofs between heads, given as JSON lines; answers with the steps, a line each.
import { pathToFileURL } from "node:url";
import { createInterface } from "node:readline";

const { checkReceipt, isConsistent, readReceipt } = await import(pathToFileURL(process.argv[2]));
for await (const line of createInterface({ input: process.stdin })) {
  try {
    const given = JSON.parse(line);
    const answer = given.oldRoot ? await isConsistent(given) : await checkReceipt(readReceipt(line));
    console.log(JSON.stringify(answer));
  } catch {
    console.log('"unreadable"');
  }
}
