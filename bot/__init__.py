"""伢叔 (yashu): every report becomes a case that somebody must answer."""
