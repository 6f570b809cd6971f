"""The parts of the report on a batch: samples from its tables, figures, sections, and the page that holds them."""
