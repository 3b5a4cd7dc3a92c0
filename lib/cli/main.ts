#!/usr/bin/env node
import * as fs from 'node:fs';
import { access } from './access';
import { canI } from './can-i';
import { CommandError, CommandIo } from './command-line';
import { explain } from './explain';
import { iam } from './iam';

const COMMANDS: { readonly [name: string]: (args: string[], io: CommandIo) => number | Promise<number> } = {
  access,
  'can-i': canI,
  explain,
  iam,
};

const USAGE = `Usage: cdk8s-spark COMMAND [OPTIONS]

Commands:
  access   shows who may do what, as a page, as Markdown or as text
  can-i    asks whether somebody may do something, of YAML files instead of a cluster
  explain  explains a Forbidden message and other errors, and says what to do
  iam      writes the least permissions that applications need on their cloud storage

"cdk8s-spark COMMAND --help" says more.
`;

async function main([name = '', ...args]: string[], io: CommandIo): Promise<number> {
  if (name === '--help' || name === '-h' || name === 'help') {
    io.out(USAGE);
    return 0;
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    io.err(`error: ${name === '' ? 'no command is given' : `there is no command "${name}"`}\n\n${USAGE}`);
    return 2;
  }
  try {
    return await COMMANDS[name](args, io);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    io.err(`error: ${error.message}\nSee "cdk8s-spark ${name} --help".\n`);
    return 2;
  }
}

const terminal: CommandIo = {
  readStandardInput: () => fs.readFileSync(0, 'utf8'),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
};

// The reader of the output, such as head, may have read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

main(process.argv.slice(2), terminal).then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    terminal.err(`error: ${error.stack ?? error.message}\n`);
    process.exitCode = 2;
  },
);
