<?php
/* What a web server's rewriting does, for php -S: files as they are, everything else to WordPress. */
$file = $_SERVER['DOCUMENT_ROOT'] . parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH );
if ( is_file( $file ) ) {
	return false;
}
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
