import { enableCompileCache, flushCompileCache } from 'node:module';

/**
 * Entry of an org's worker thread. The engine is some hundred modules: with what the last start compiled, the org is up
 * in a third of the time. The cache is Node's own, in the system's folder for temporary files; it holds code only.
 */
enableCompileCache();
await import('./serve-org.ts');
flushCompileCache();
