"""What gunicorn reads by itself where it is started: masked logs, and a start that costs no page."""

import gc
import logging

from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from uso.ground.lib.masking import mask


def mask_record(record: logging.LogRecord) -> bool:
    """Write the line out and mask it, before any handler sees it."""
    record.msg, record.args = mask(record.getMessage()), None
    return True


class MaskingLogger(Logger):
    """Gunicorn's logs of requests and of errors, without tokens."""

    def setup(self, cfg: Config) -> None:
        """Mask whatever either log is told."""
        super().setup(cfg)
        for log in (self.access_log, self.error_log):
            log.addFilter(mask_record)


logger_class = MaskingLogger


def post_worker_init(worker: Worker) -> None:
    """Leave what the start has made out of every later search for garbage: a twentieth of a page."""
    gc.collect()
    gc.freeze()
