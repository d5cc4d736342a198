// Plain old syntax, imported first: it must still run on the versions that it turns away.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `probono needs Node 20.19 or newer; this is Node ${process.versions.node}. See https://nodejs.org\n`,
  );
  process.exit(2);
}
