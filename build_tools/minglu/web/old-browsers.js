// Without this, Material would fetch a stand-in from another site where a browser is older than ResizeObserver.
if (!window.ResizeObserver) window.ResizeObserver = class { observe() {} unobserve() {} disconnect() {} };
